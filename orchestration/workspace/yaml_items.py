"""Reads a definitions file that is one list of named items, such as `goals:` in goals.yaml."""

from collections import Counter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from orchestration.workspace.errors import DefinitionsError, Problem, did_you_mean, show
from orchestration.workspace.validation import WorkspaceModel, problems_of
from orchestration.workspace.yaml_file import read_yaml

Item = TypeVar("Item", bound=WorkspaceModel)


def load_items(
    path: Path, key: str, model: type[Item], context: dict[str, Any] | None = None
) -> tuple[Item, ...] | None:
    """Read and validate the items of one definitions file.

    Args:
        path: The file; it may be missing.
        key: The one key at its top, such as `goals`.
        model: What each item is; it has a `name`.
        context: What the model's validators need to know besides the item.

    Returns:
        The items in their order, or None when the file is missing, empty or only comments.

    Raises:
        DefinitionsError: If the file cannot be read, an item is wrong or a name is used twice.
    """
    if not path.exists():
        return None
    content = read_yaml(path, DefinitionsError)
    if content is None:
        return None
    entries = _entries(path, key, content)
    if entries is None:
        return None
    items: list[Item] = []
    problems: list[Problem] = []
    for position, entry in enumerate(entries, start=1):
        try:
            items.append(model.model_validate(entry, context=context))
        except ValidationError as error:
            problems += problems_of(error, model, path, _title(model, entry, position))
    problems += _repeated_names(path, model, entries)
    if problems:
        raise DefinitionsError(problems)
    return tuple(items)


def item_title(model: type[WorkspaceModel], name: object) -> str:
    """How messages call an item, such as `goal 'purchase'`."""
    return f"{model.__name__.lower()} {name!r}"


def _entries(path: Path, key: str, content: object) -> list[object] | None:
    """The list under the file's one key; None where the key has no value."""
    if not isinstance(content, dict):
        accepted = f"the key {key} with a list"
        raise DefinitionsError([Problem(path, given=show(content), accepted=accepted)])
    unknown = [name for name in content if name != key]
    if unknown:
        raise DefinitionsError(_unknown(path, key, str(name), content[name]) for name in unknown)
    entries = content[key] if content else None
    if entries is not None and not isinstance(entries, list):
        accepted = "a list: one `- name: ...` per item"
        raise DefinitionsError([Problem(path, key=key, given=show(entries), accepted=accepted)])
    return entries


def _unknown(path: Path, key: str, name: str, given: object) -> Problem:
    hint = did_you_mean(name, [key])
    what = f"unknown key, {hint}" if hint else "unknown key"
    return Problem(path, key=name, what=what, given=show(given), accepted=f"the key {key} alone")


def _title(model: type[WorkspaceModel], entry: object, position: int) -> str:
    """An item by its name, or by its place in the list while it has none."""
    name = entry.get("name") if isinstance(entry, dict) else None
    return item_title(model, name) if name else f"{model.__name__.lower()} {position}"


def _repeated_names(
    path: Path, model: type[WorkspaceModel], entries: list[object]
) -> list[Problem]:
    """One problem for each name that several items have."""
    given = [entry.get("name") for entry in entries if isinstance(entry, dict)]
    names = [str(name).strip() for name in given if name is not None]
    return [
        Problem(
            path,
            item=item_title(model, name),
            key="name",
            what=f"used {count} times",
            accepted="a name of its own for each item",
        )
        for name, count in Counter(names).items()
        if count > 1
    ]
