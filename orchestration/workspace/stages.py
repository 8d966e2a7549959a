"""Loads stages.csv: the stage of the customer's journey that an event belongs to."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from orchestration.workspace.csv_items import load_rows
from orchestration.workspace.errors import DefinitionsError, Problem, show
from orchestration.workspace.validation import WorkspaceModel

Stage = Literal[
    "awareness", "interest", "consideration", "intent", "conversion", "retention", "advocacy"
]


class StageRule(WorkspaceModel):
    """The stage of one event type, under one condition or always."""

    event_type: str = Field(description="the type of journey event, such as page_view")
    condition: Literal["", "first", "repeat", "positive"] = Field(
        default="",
        description="first or repeat event of its type for the person, positive feedback, or "
        "empty for every event without a rule of its own",
    )
    stage: Stage = Field(description="the stage it belongs to")

    @field_validator("event_type")
    @classmethod
    def _as_journeys_call_it(cls, event_type: str) -> str:
        """Events are known in lower case, and a page view by one of its two spellings."""
        name = event_type.strip().lower()
        return "page_view" if name == "pageview" else name


DEFAULT_STAGES: tuple[StageRule, ...] = tuple(
    StageRule.model_validate({"event_type": event_type, "condition": condition, "stage": stage})
    for event_type, condition, stage in (
        ("session", "first", "awareness"),
        ("session", "", "interest"),
        ("ad_click", "", "awareness"),
        ("social_engage", "", "awareness"),
        # Whoever lands on a page need not be interested; whoever sees another one is.
        ("page_view", "first", "awareness"),
        ("page_view", "", "interest"),
        ("product_view", "", "interest"),
        ("email_open", "", "interest"),
        ("message_open", "", "interest"),
        ("form_submit", "", "consideration"),
        ("lead_capture", "", "consideration"),
        ("email_click", "", "consideration"),
        ("message_click", "", "consideration"),
        ("add_to_cart", "", "intent"),
        ("begin_checkout", "", "intent"),
        ("purchase", "first", "conversion"),
        ("purchase", "repeat", "retention"),
        ("support", "", "retention"),
        ("support", "positive", "advocacy"),
        ("feedback", "", "retention"),
        ("feedback", "positive", "advocacy"),
        ("share", "", "advocacy"),
        ("referral", "", "advocacy"),
    )
)


def load_stages(path: Path) -> tuple[StageRule, ...]:
    """Read `stages.csv` over the default rules.

    Args:
        path: The file; it may be missing.

    Returns:
        The file's rules, then the defaults for every event type and condition it leaves out.

    Raises:
        DefinitionsError: If the file or a line of it is wrong, or two lines have the same event
            type and condition.
    """
    rows = load_rows(path, StageRule)
    first_lines: dict[tuple[str, str], int] = {}
    problems = []
    for line, rule in rows:
        first = first_lines.setdefault((rule.event_type, rule.condition), line)
        if first != line:
            given = show(f"{rule.event_type},{rule.condition}")
            accepted = f"one line for each event_type and condition; line {first} has it already"
            problems.append(
                Problem(path, line=line, key="event_type", given=given, accepted=accepted)
            )
    if problems:
        raise DefinitionsError(problems)
    defaults = [
        rule for rule in DEFAULT_STAGES if (rule.event_type, rule.condition) not in first_lines
    ]
    return (*(rule for _, rule in rows), *defaults)


def stage_rows(rules: tuple[StageRule, ...]) -> list[dict[str, object]]:
    """Rules as rows for SQL: event_type, condition (empty text for always), stage."""
    return [rule.model_dump() for rule in rules]
