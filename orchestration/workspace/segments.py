"""Loads segments.yaml: groups of people, by rules or by hand."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from orchestration.workspace.segment_rules import RuleGroup
from orchestration.workspace.setting_types import Text
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel
from orchestration.workspace.yaml_items import load_items

SegmentType = Literal["behavioral", "demographic", "rfm", "value_based", "engagement", "custom"]


class Segment(WorkspaceModel):
    """One segment."""

    name: Text = Field(description="a name of its own, such as Big spenders at risk")
    description: str = Field(default="", description="who is in it and what for")
    type: Literal["behavioral", "demographic", "rfm", "value_based", "engagement", "custom"] = (
        Field(default="custom", description="what its rules are about")
    )
    auto_update: bool = Field(
        default=True, description="whether every refresh applies the rules anew"
    )
    rules: RuleGroup | None = Field(
        default=None, description="who is in it: conditions under all, any or none"
    )
    manual_members: tuple[Text, ...] = Field(
        default=(), description="ids of people who are in it whatever the rules say"
    )

    @model_validator(mode="after")
    def _has_members(self) -> "Segment":
        if self.rules is None and not self.manual_members:
            accepted = "rules, manual_members or both"
            raise InvalidKeys([KeyProblem("rules", None, accepted, what="missing key")])
        return self


def load_segments(path: Path) -> tuple[Segment, ...]:
    """Read `segments.yaml`.

    Args:
        path: The file; it may be missing.

    Returns:
        The segments in their order.

    Raises:
        DefinitionsError: If the file or a segment is wrong; it lists every problem.
    """
    return load_items(path, "segments", Segment) or ()
