"""Loads and writes campaign_overrides.csv: campaigns that a person assigned by hand."""

from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from orchestration.workspace.csv_edits import header_of, with_cells, with_row
from orchestration.workspace.csv_items import load_rows
from orchestration.workspace.errors import DefinitionsError, Problem, show
from orchestration.workspace.file_edits import read_text, replace_file
from orchestration.workspace.validation import WorkspaceModel


class CampaignOverride(WorkspaceModel):
    """The campaign of one session, or of all sessions with one utm_campaign."""

    session_id: str | None = Field(default=None, description="the session it is about")
    utm_campaign: str | None = Field(default=None, description="the utm_campaign it is about")
    campaign_id: str = Field(description="the id of the campaign that brought them")
    note: str | None = Field(default=None, description="why, for the next reader")

    @model_validator(mode="after")
    def _one_subject(self) -> "CampaignOverride":
        if (self.session_id is None) == (self.utm_campaign is None):
            raise ValueError("exactly one of session_id and utm_campaign")
        return self

    @property
    def subject(self) -> tuple[str, str]:
        """What the override is about; utm_campaigns are compared after case and space folding."""
        if self.session_id is not None:
            return ("session_id", self.session_id)
        return ("utm_campaign", folded(self.utm_campaign or ""))


class Assignment(NamedTuple):
    """What assigning a campaign did to the file.

    Attributes:
        change: Whether a line was added or replaced, or all was as wanted.
        override: What the file says now.
        before: What it said before; None when it said nothing.
    """

    change: Literal["added", "replaced", "unchanged"]
    override: CampaignOverride
    before: CampaignOverride | None


def folded(name: str) -> str:
    """Return a name without differences of case and white space.

    Example:
        >>> folded(" Smr  SALE 26")
        'smr sale 26'
    """
    return " ".join(name.casefold().split())


def load_campaign_overrides(path: Path) -> tuple[CampaignOverride, ...]:
    """Read `campaign_overrides.csv`.

    Raises:
        DefinitionsError: If the file or a line of it is wrong, or two lines are about the same
            session or utm_campaign.
    """
    rows = load_rows(path, CampaignOverride)
    first_lines: dict[tuple[str, str], int] = {}
    problems = []
    for line, override in rows:
        first = first_lines.setdefault(override.subject, line)
        if first != line:
            key, value = override.subject
            accepted = f"one line for each {key}; line {first} has it already"
            problems.append(Problem(path, line=line, key=key, given=show(value), accepted=accepted))
    if problems:
        raise DefinitionsError(problems)
    return tuple(override for _, override in rows)


def campaign_override_rows(overrides: tuple[CampaignOverride, ...]) -> list[dict[str, object]]:
    """Overrides as rows for SQL: session_id, utm_campaign (None where not given), campaign_id."""
    return [
        override.model_dump(include={"session_id", "utm_campaign", "campaign_id", "note"})
        for override in overrides
    ]


def assign_campaign(path: Path, wanted: CampaignOverride) -> Assignment:
    """Write an override into `campaign_overrides.csv`, and leave the rest as a person wrote it.

    Args:
        path: The file; it is created when missing.
        wanted: The override. It replaces the campaign of a line about the same session or
            utm_campaign; that line keeps its note if the override's is None, and loses it if
            the override's is empty.

    Returns:
        What was done.

    Raises:
        DefinitionsError: If the file is wrong, or lacks a column that the override needs.
        WorkspaceError: If it cannot be written.
    """
    overrides = load_campaign_overrides(path)
    wanted = _trimmed(wanted)
    subjects = [override.subject for override in overrides]
    row = subjects.index(wanted.subject) if wanted.subject in subjects else len(overrides)
    before = overrides[row] if row < len(overrides) else None
    kept = wanted if before is None else before
    note = kept.note if wanted.note is None else wanted.note
    override = kept.model_copy(update={"campaign_id": wanted.campaign_id, "note": note or None})
    if override == before:
        return Assignment("unchanged", override, before)
    text = _edited(path, row, override, before)
    expected = (*overrides[:row], override, *overrides[row + 1 :])
    replace_file(path, text, lambda file: _refuse_other_than(expected, file, path))
    return Assignment("replaced" if before else "added", override, before)


def _trimmed(override: CampaignOverride) -> CampaignOverride:
    """The override as it would be read from a file."""
    given = override.model_dump(exclude_none=True)
    return override.model_copy(update={name: value.strip() for name, value in given.items()})


def _edited(
    path: Path, row: int, override: CampaignOverride, before: CampaignOverride | None
) -> str:
    """The file's text with the override in its row, which is a new one if there was none."""
    text = read_text(path)
    old = {} if before is None else before.model_dump()
    new = {name: value or "" for name, value in override.model_dump().items()}
    changed = {name: value for name, value in new.items() if value != (old.get(name) or "")}
    columns = list(CampaignOverride.model_fields)
    header = header_of(text) or columns
    accepted = "the columns " + ",".join(columns) + ", and a cell for each in every line"
    missing = [
        Problem(path, what=f"column {name} is missing", accepted=accepted)
        for name in changed
        if name not in header
    ]
    if missing:
        raise DefinitionsError(missing)
    return with_row(text, columns, changed) if before is None else with_cells(text, row, changed)


def _refuse_other_than(expected: tuple[CampaignOverride, ...], file: Path, path: Path) -> None:
    """Let a file through that reads back as expected; the error names the path it is for."""
    what = "the override cannot be written, as it would not be read as it was given"
    accepted = "text in which no line begins with #, and no more than 131,072 characters of it"
    problem = Problem(path, what=what, accepted=accepted)
    try:
        found = load_campaign_overrides(file)
    except DefinitionsError as error:
        raise DefinitionsError([problem]) from error
    if found != expected:
        raise DefinitionsError([problem])
