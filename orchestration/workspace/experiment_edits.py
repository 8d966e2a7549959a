"""Edits experiments.yaml as a person would: the item it is about, and nothing beside it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from orchestration.workspace.errors import (
    DefinitionsError,
    Problem,
    WorkspaceError,
    closest_first,
    show,
)
from orchestration.workspace.experiment_nodes import Place, UnusualTextError
from orchestration.workspace.experiment_text import with_item, with_value, without_item, without_key
from orchestration.workspace.experiment_values import yaml_text
from orchestration.workspace.experiments import Experiment, load_experiments
from orchestration.workspace.file_edits import read_text, replace_file
from orchestration.workspace.validation import problems_of
from orchestration.workspace.yaml_file import read_yaml
from orchestration.workspace.yaml_items import item_title

KEY = "experiments"

Experiments = tuple[Experiment, ...]


class Edit(NamedTuple):
    """What an edit did to the file.

    Attributes:
        change: Whether a definition was added, changed or removed, or all was as wanted.
        experiment: The definition after it; for a removed one, as it was.
        before: The definition before it; None for an added one.
    """

    change: Literal["added", "changed", "removed", "unchanged"]
    experiment: Experiment
    before: Experiment | None


def find_experiment(path: Path, name: str, timezone: str) -> tuple[Experiments, int]:
    """Read all experiments and find one of them.

    Args:
        path: The file `experiments.yaml`.
        name: Its name.
        timezone: The workspace's time zone, in which bare dates begin and end.

    Returns:
        All of them, and which of them it is.

    Raises:
        WorkspaceError: If the file is wrong or has no experiment of this name.
    """
    experiments = load_experiments(path, timezone)
    names = [experiment.name for experiment in experiments]
    if name.strip() in names:
        return experiments, names.index(name.strip())
    place = f"{path.parent.name}/{path.name}"
    if not names:
        raise WorkspaceError(f"experiment {show(name)}: {place} has none yet")
    accepted = ", ".join(map(show, closest_first(name, names)))
    raise WorkspaceError(
        f"experiment {show(name)}: accepted are those of {place}, closest first: {accepted}"
    )


def add_experiment(path: Path, definition: Mapping[str, object], timezone: str) -> Edit:
    """Append an experiment.

    Args:
        path: The file; it is created when missing.
        definition: Its keys and values as they would be read from the file.
        timezone: The workspace's time zone.

    Raises:
        DefinitionsError: If the file or the definition is wrong, or the name is taken.
        WorkspaceError: If the file cannot be written.
    """
    experiments = load_experiments(path, timezone)
    experiment = _validated(path, definition, timezone)
    _refuse_taken_name(path, experiment.name, experiments)
    edit = partial(with_item, key=KEY, item=definition)
    refusal = _refusal(path, experiment.name, _by_hand(definition))
    _replace(path, edit, (*experiments, experiment), timezone, refusal)
    return Edit("added", experiment, None)


def change_experiment(path: Path, name: str, changes: Mapping[str, object], timezone: str) -> Edit:
    """Set or remove keys of an experiment.

    Args:
        path: The file.
        name: The experiment's name.
        changes: New values by key; None removes a key. Variants that keep their names keep
            their place and what is written about them.
        timezone: The workspace's time zone.

    Raises:
        DefinitionsError: If the file is wrong or would be, or cannot be edited in place.
        WorkspaceError: If there is no such experiment, or the file cannot be written.
    """
    experiments, index = find_experiment(path, name, timezone)
    before = experiments[index]
    content: Any = read_yaml(path, DefinitionsError)
    written = content[KEY][index]
    places = _places(written, changes)
    if not places:
        return Edit("unchanged", before, before)
    experiment = _validated(path, _changed(written, places), timezone)
    others = experiments[:index] + experiments[index + 1 :]
    _refuse_taken_name(path, experiment.name, others)
    expected = (*experiments[:index], experiment, *experiments[index + 1 :])
    edit = partial(_with_changes, index=index, places=places)
    _replace(path, edit, expected, timezone, _refusal(path, before.name, _by_hand(changes)))
    return Edit("changed", experiment, before)


def remove_experiment(path: Path, name: str, timezone: str) -> Edit:
    """Remove an experiment.

    Raises:
        DefinitionsError: If the file is wrong, or cannot be edited in place.
        WorkspaceError: If there is no such experiment, or the file cannot be written.
    """
    experiments, index = find_experiment(path, name, timezone)
    expected = experiments[:index] + experiments[index + 1 :]
    removed = experiments[index]
    refusal = _refusal(path, removed.name, "to remove it by hand")
    edit = partial(without_item, place=(KEY, index))
    _replace(path, edit, expected, timezone, refusal)
    return Edit("removed", removed, removed)


def _validated(path: Path, definition: Mapping[str, object], timezone: str) -> Experiment:
    title = item_title(Experiment, definition.get("name"))
    try:
        # The command line hands other bytes on as lone surrogates.
        yaml_text(definition).encode()
        return Experiment.model_validate(definition, context={"timezone": ZoneInfo(timezone)})
    except ValidationError as error:
        raise DefinitionsError(problems_of(error, Experiment, path, title)) from error
    except UnicodeEncodeError as error:
        what, accepted = "not all of its text is UTF-8", "text in UTF-8"
        raise DefinitionsError([Problem(path, item=title, what=what, accepted=accepted)]) from error


def _refuse_taken_name(path: Path, name: str, others: Experiments) -> None:
    if name in [other.name for other in others]:
        problem = Problem(
            path,
            item=item_title(Experiment, name),
            what="there is one of this name",
            accepted="a name of its own for each item",
        )
        raise DefinitionsError([problem])


def _places(written: Mapping[str, Any], changes: Mapping[str, object]) -> dict[Place, object]:
    """What to write where below the item, without what is written already."""
    places: dict[Place, object] = {}
    for key, value in changes.items():
        old: Any = written.get(key)
        if key == "variants" and isinstance(value, list) and _names(old) == _names(value):
            for index, (was, variant) in enumerate(zip(old, value, strict=True)):
                places |= _variant_places(index, was, variant)
        elif value != old or (value is None and key in written):
            places[(key,)] = value
    return places


def _variant_places(
    index: int, old: Mapping[str, Any], new: Mapping[str, object]
) -> dict[Place, object]:
    set_ = {key: value for key, value in new.items() if key != "name" and old.get(key) != value}
    # What is written as false or null may stay: it says the same as no key.
    removed = [key for key, value in old.items() if value and key not in new]
    changes = set_ | dict.fromkeys(removed)
    return {("variants", index, key): value for key, value in changes.items()}


def _names(variants: object) -> list[str] | None:
    if not isinstance(variants, list):
        return None
    return [str(variant.get("name")).strip() for variant in variants]


def _changed(written: Mapping[str, Any], places: Mapping[Place, object]) -> dict[str, Any]:
    """The item as it will be read once everything is in its place."""
    changed = deepcopy(dict(written))
    for place, value in places.items():
        mapping: Any = changed
        for part in place[:-1]:
            mapping = mapping[part]
        mapping[place[-1]] = deepcopy(value)
    return changed


def _with_changes(text: str, *, index: int, places: Mapping[Place, object]) -> str:
    for place, value in places.items():
        whole: Place = (KEY, index, *place)
        text = without_key(text, whole) if value is None else with_value(text, whole, value)
    return text


def _by_hand(changes: Mapping[str, object]) -> str:
    wanted = [
        f"no {key}" if value is None else f"{key}: {yaml_text(value)}"
        for key, value in changes.items()
    ]
    return "to write by hand " + ", ".join(wanted)


def _refusal(path: Path, name: str, accepted: str) -> DefinitionsError:
    """What is raised when an edit does not come out as meant."""
    what = "cannot be edited here without touching something else"
    title = item_title(Experiment, name)
    return DefinitionsError([Problem(path, item=title, what=what, accepted=accepted)])


def _replace(
    path: Path,
    edit: Callable[[str], str],
    expected: Experiments,
    timezone: str,
    refusal: DefinitionsError,
) -> None:
    """Replace the file by its edited text if that reads back as expected."""
    try:
        text = edit(read_text(path))
    except (UnusualTextError, LookupError) as error:
        raise refusal from error

    def check(file: Path) -> None:
        try:
            found = load_experiments(file, timezone)
        except DefinitionsError as error:
            raise refusal from error
        if found != expected:
            raise refusal

    replace_file(path, text, check)
