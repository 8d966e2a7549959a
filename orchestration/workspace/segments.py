"""Loads segments.yaml: groups of people, by rules or by hand."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from orchestration.segments.fields import FIXED_EVENT_TYPES, Known, person_fields
from orchestration.segments.values import is_text
from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.segment_rules import RuleGroup
from orchestration.workspace.setting_types import Text
from orchestration.workspace.stages import load_stages
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel
from orchestration.workspace.yaml_items import load_items

SegmentType = Literal["behavioral", "demographic", "rfm", "value_based", "engagement", "custom"]


def _stored(value: str) -> str:
    if not is_text(value):
        raise ValueError("text in UTF-8")
    return value


StoredText = Annotated[Text, AfterValidator(_stored)]


class Segment(WorkspaceModel):
    """One segment."""

    name: StoredText = Field(description="a name of its own, such as Big spenders at risk")
    description: Annotated[str, AfterValidator(_stored)] = Field(
        default="", description="who is in it and what for"
    )
    type: Literal["behavioral", "demographic", "rfm", "value_based", "engagement", "custom"] = (
        Field(default="custom", description="what its rules are about")
    )
    auto_update: bool = Field(
        default=True, description="whether every refresh applies the rules anew"
    )
    rules: RuleGroup | None = Field(
        default=None, description="who is in it: conditions under all, any or none"
    )
    manual_members: tuple[StoredText, ...] = Field(
        default=(), description="ids of people who are in it whatever the rules say"
    )

    @model_validator(mode="after")
    def _has_members(self) -> "Segment":
        if self.rules is None and not self.manual_members:
            accepted = "rules, manual_members or both"
            raise InvalidKeys([KeyProblem("rules", None, accepted, what="missing key")])
        return self

    @property
    def rules_text(self) -> str | None:
        """Its rules as JSON; None for one whose members are all named by hand."""
        return None if self.rules is None else self.rules.text


def load_segments(path: Path, known: Known | None = None) -> tuple[Segment, ...]:
    """Read `segments.yaml`.

    Args:
        path: The file; it may be missing.
        known: What rules can speak of; else the columns of customers.dim_people, and the events
            of the `stages.csv` beside the file.

    Returns:
        The segments in their order.

    Raises:
        DefinitionsError: If the file or a segment is wrong; it lists every problem.
    """
    if not path.exists():
        return ()
    context = {"known": known or known_beside(path)}
    return load_items(path, "segments", Segment, context) or ()


def known_beside(path: Path) -> Known:
    """Return what the rules of a `segments.yaml` can speak of."""
    try:
        stages = load_stages(path.with_name("stages.csv"))
    except DefinitionsError:
        # It is told of by itself; until it is right, nobody knows the events.
        return Known(person_fields(), None)
    event_types = [rule.event_type for rule in stages]
    return Known(person_fields(), tuple(dict.fromkeys([*FIXED_EVENT_TYPES, *event_types])))
