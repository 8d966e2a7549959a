"""Loads goals.yaml: which orders, events, forms and leads are conversions, and their value."""

import math
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from orchestration.workspace.goal_conditions import Condition, parse_conditions
from orchestration.workspace.goal_fields import GoalSource, value_problem
from orchestration.workspace.setting_types import Text
from orchestration.workspace.validation import InvalidKeys, WorkspaceModel
from orchestration.workspace.yaml_items import load_items

ConversionType = Literal[
    "purchase",
    "lead_form_submission",
    "add_to_cart",
    "begin_checkout",
    "scroll_depth",
    "time_on_site",
    "page_engagement",
    "custom",
]


def _value(value: object) -> object:
    """A fixed value stays a number; anything else must be a field's name."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and math.isfinite(value) and value >= 0:  # type: ignore[arg-type, operator]
        return float(value)  # type: ignore[arg-type]
    raise ValueError("a number of 0 or more, or the name of a numeric field of the source")


class Goal(WorkspaceModel):
    """One kind of conversion."""

    name: Text = Field(description="a name of its own, such as newsletter")
    conversion_type: ConversionType = Field(description="the kind of conversion")
    on: GoalSource = Field(description="what it happens on: event, form, lead or order")
    where: tuple[Condition, ...] = Field(
        default=(), description="conditions that all must hold; without any, every row counts"
    )
    value: Annotated[float | str | None, BeforeValidator(_value)] = Field(
        default=None, description="a number, or the field that holds it"
    )
    once_per: Literal["session", "person", "event"] = Field(
        default="event",
        description="at most one conversion per session or person; event counts every time",
    )
    counts_as_revenue: bool = Field(
        default=False, description="whether the value is money earned, counted in revenue"
    )

    # Pydantic validates fields in their order: `on` is known by the time `where` and `value`
    # refer to its fields, unless it is wrong itself.
    @field_validator("where", mode="before")
    @classmethod
    def _conditions(cls, where: object, info: ValidationInfo) -> tuple[Condition, ...]:
        return parse_conditions(where, info.data.get("on"))

    @field_validator("value")
    @classmethod
    def _numeric(cls, value: float | str | None, info: ValidationInfo) -> float | str | None:
        if isinstance(value, str) and "on" in info.data:
            problem = value_problem(info.data["on"], value)
            if problem is not None:
                raise InvalidKeys([problem])
        return value

    @field_validator("counts_as_revenue")
    @classmethod
    def _has_value(cls, counts: bool, info: ValidationInfo) -> bool:
        if counts and info.data.get("value", "wrong itself") is None:
            raise ValueError("true only with a value: a number or a numeric field such as total")
        return counts

    @property
    def value_field(self) -> str | None:
        """The field that holds the value, unless the value is fixed."""
        return self.value if isinstance(self.value, str) else None

    @property
    def value_fixed(self) -> float | None:
        """The fixed value, unless a field holds it."""
        return self.value if isinstance(self.value, float) else None


DEFAULT_GOALS: tuple[Goal, ...] = (
    Goal(
        name="purchase",
        conversion_type="purchase",
        on="order",
        value="total",
        counts_as_revenue=True,
    ),
)


def load_goals(path: Path) -> tuple[Goal, ...]:
    """Read `goals.yaml`.

    Args:
        path: The file; when it is missing or has no goals key, purchases are the only goal.

    Returns:
        The goals in their order.

    Raises:
        DefinitionsError: If the file or a goal is wrong; it lists every problem.
    """
    goals = load_items(path, "goals", Goal)
    return DEFAULT_GOALS if goals is None else goals


def goal_rows(
    goals: tuple[Goal, ...], attributed: tuple[str, ...] | None = None
) -> list[dict[str, object]]:
    """Goals as rows for SQL.

    Args:
        goals: The goals.
        attributed: Names of those whose conversions are credited; None for all.

    Returns:
        goal, goal_index (from 1), conversion_type, source, value_field and value_fixed (at most
        one of them, None otherwise), once_per (session, person or event), counts_as_revenue,
        is_attributed.
    """
    return [
        {
            "goal": goal.name,
            "goal_index": index,
            "conversion_type": goal.conversion_type,
            "source": goal.on,
            "value_field": goal.value_field,
            "value_fixed": goal.value_fixed,
            "once_per": goal.once_per,
            "counts_as_revenue": goal.counts_as_revenue,
            "is_attributed": attributed is None or goal.name in attributed,
        }
        for index, goal in enumerate(goals, start=1)
    ]


def goal_condition_rows(goals: tuple[Goal, ...]) -> list[dict[str, object]]:
    """The conditions of goals as rows for SQL, one per operator.

    Returns:
        goal, condition_index (from 1 within the goal), field, operator and value_text; a list's
        value_text is a JSON array of texts.
    """
    return [
        {
            "goal": goal.name,
            "condition_index": index,
            "field": condition.field,
            "operator": condition.operator,
            "value_text": condition.value_text,
        }
        for goal in goals
        for index, condition in enumerate(goal.where, start=1)
    ]
