"""The rules that `adplan segment preview` is given: as text, in a file, or of a segment."""

from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from orchestration.commands.console import UsageError
from orchestration.segments.fields import Known
from orchestration.workspace.errors import DefinitionsError, closest_first, show
from orchestration.workspace.segment_rules import RuleGroup
from orchestration.workspace.segments import load_segments
from orchestration.workspace.validation import problems_of
from orchestration.workspace.yaml_file import read_yaml

# How messages call what stands on the command line.
_ARGUMENT = Path("RULES")


def read_rules(given: str, definitions: Path, known: Known) -> RuleGroup:
    """Read rules from wherever they are.

    Args:
        given: `@` and a file, the name of a segment, a file, or rules as YAML or JSON.
        definitions: The `segments.yaml` that has the segments.
        known: What rules can speak of.

    Returns:
        The rules; a single condition as a group of one.

    Raises:
        UsageError: If it is nothing of all that.
        DefinitionsError: If the rules, or the segments, are wrong.
    """
    if given.startswith("@"):
        return _read_file(Path(given[1:]), known)
    segments = {segment.name: segment for segment in load_segments(definitions)}
    segment = segments.get(given.strip())
    if segment is not None:
        if segment.rules is None:
            raise UsageError(f"segment {show(segment.name)} has no rules: all are named by hand")
        return segment.rules
    if _is_file(given):
        return _read_file(Path(given), known)
    content = _parsed(given)
    if not isinstance(content, dict):
        names = ", ".join(map(show, closest_first(given, list(segments)))) or "none yet"
        raise UsageError(
            f"RULES: given {show(given)}; accepted are rules such as "
            '{all: [{field: orders, operator: ">=", value: 3}]}, a file of them, '
            f"or a segment of {definitions.name}: {names}"
        )
    return _rules(content, _ARGUMENT, known)


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except OSError:
        # Rules are longer than names of files may be.
        return False


def _read_file(path: Path, known: Known) -> RuleGroup:
    return _rules(read_yaml(path, DefinitionsError), path, known)


def _parsed(given: str) -> object:
    try:
        content: object = YAML(typ="safe", pure=True).load(given)
    except (YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"RULES: neither a file nor YAML or JSON ({reason})") from error
    return content


def _rules(content: object, place: Path, known: Known) -> RuleGroup:
    if isinstance(content, dict) and "rules" in content:
        content = content["rules"]
    if isinstance(content, dict) and "field" in content:
        content = {"all": [content]}
    try:
        return RuleGroup.model_validate(content, context={"known": known})
    except ValidationError as error:
        raise DefinitionsError(problems_of(error, RuleGroup, place)) from error
