"""Reads YAML files of a workspace. What their content means is decided elsewhere."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from orchestration.workspace.errors import Problem, ProblemsError

PLAIN_YAML = "plain YAML, UTF-8, each key once; put text with {, }, :, # or % in quotes"


def read_yaml(path: Path, error: type[ProblemsError]) -> object:
    """Read one YAML 1.2 document.

    Templates and SQL inside it are just text: nothing is expanded or run.

    Args:
        path: An existing file.
        error: The kind of error to raise.

    Returns:
        The document as dicts, lists, text, numbers and dates; None when it is empty.

    Raises:
        ProblemsError: Of the given kind, if the file cannot be read or parsed.
    """
    # The pure parser is YAML 1.2, where the key `on` and the word `yes` are text.
    # The C parser would read them as booleans.
    parser = YAML(typ="safe", pure=True)
    try:
        content: object = parser.load(path.read_text(encoding="utf-8-sig"))
    except (YAMLError, ValueError, RecursionError, OSError) as failure:
        raise error([_problem(path, failure)]) from failure
    return content


def _problem(path: Path, failure: Exception) -> Problem:
    """Say where the parser stopped and why."""
    if isinstance(failure, MarkedYAMLError):
        # The mark counts from 0.
        line = None if failure.problem_mark is None else failure.problem_mark.line + 1
        return Problem(path, what=str(failure.problem), line=line, accepted=PLAIN_YAML)
    if isinstance(failure, RecursionError):
        return Problem(path, what="nested too deeply", accepted=PLAIN_YAML)
    if isinstance(failure, OSError):
        return Problem(path, what=f"cannot be read ({failure.strerror})", accepted="a text file")
    reason = " ".join(str(failure).split())
    return Problem(path, what=f"cannot be read ({reason})", accepted=PLAIN_YAML)
