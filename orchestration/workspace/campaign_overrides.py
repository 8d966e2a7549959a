"""Loads campaign_overrides.csv: campaigns that a person assigned by hand."""

from pathlib import Path

from pydantic import Field, model_validator

from orchestration.workspace.csv_items import load_rows
from orchestration.workspace.errors import DefinitionsError, Problem, show
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
        return ("utm_campaign", " ".join((self.utm_campaign or "").casefold().split()))


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
