"""What is wrong in a workspace, told so that its owner can put it right.

Every message names the file, the place in it, what was given and what would be accepted.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

# A given value may be a whole pasted document; this much is enough to recognise it.
LONGEST_SHOWN_VALUE = 80


@dataclass(frozen=True)
class Problem:
    """One thing to put right in one file of the workspace.

    Attributes:
        file: The file it is in.
        what: What is wrong, such as `unknown key`; empty when the given value says it.
        accepted: What would be accepted instead; empty when `what` says it.
        item: The definition it belongs to, such as `goal 'purchase'`.
        key: Dotted key within the file or the item, such as `sessions.idle_minutes`.
        given: The value found there, as `show` prints it.
        line: Line in the file, counted from 1, where it is known.
    """

    file: Path
    what: str = ""
    accepted: str = ""
    item: str = ""
    key: str = ""
    given: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}"
        place = ", ".join(part for part in (str(self.file), line, self.item, self.key) if part)
        given = f"given {self.given}" if self.given else ""
        accepted = f"accepted: {self.accepted}" if self.accepted else ""
        return f"{place}: " + "; ".join(part for part in (self.what, given, accepted) if part)


class WorkspaceError(Exception):
    """The workspace cannot be used as it is; the message says what to change."""


class ProblemsError(WorkspaceError):
    """One or more problems found in the workspace's files.

    Attributes:
        problems: All of them, in the order of the files.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._message())

    def _message(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        return f"{len(self.problems)} problems:{lines}"


class SettingsError(ProblemsError):
    """`adplan.yaml` cannot be used."""


class DefinitionsError(ProblemsError):
    """One or more files under `definitions/` cannot be used."""


def show(value: object) -> str:
    """Print a given value on one line, shortened where it is long."""
    if value is None:
        return "no value"
    text = str(value) if isinstance(value, date) else repr(value)
    if len(text) > LONGEST_SHOWN_VALUE:
        return text[: LONGEST_SHOWN_VALUE - 3] + "..."
    return text


def closest_first(name: str, names: Sequence[str]) -> list[str]:
    """Sort `names` by their likeness to `name`, the closest first.

    Example:
        >>> closest_first("totl", ["id", "status", "total"])[0]
        'total'
    """
    return sorted(names, key=lambda other: -difflib.SequenceMatcher(None, name, other).ratio())


def did_you_mean(name: str, names: Sequence[str]) -> str:
    """Return a question naming the closest match, or an empty text when nothing is close.

    Example:
        >>> did_you_mean("curency", ["currency", "name"])
        "did you mean 'currency'?"
    """
    matches = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {matches[0]!r}?" if matches else ""
