"""The rules of a segment: conditions nested under all, any and none."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from orchestration.segments.comparisons import read_comparison
from orchestration.workspace.errors import did_you_mean
from orchestration.workspace.goal_conditions import Scalar, is_date, is_number
from orchestration.workspace.setting_types import Text, Whole
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel

OPERATORS = (
    ">=",
    "<=",
    ">",
    "<",
    "==",
    "!=",
    "between",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "within_last_days",
    "older_than_days",
    "is_null",
)

# The same operators in words.
OPERATOR_WORDS = {
    "greater_than": ">",
    "less_than": "<",
    "equals": "==",
    "within_days": "within_last_days",
}

_ORDERED = (">=", "<=", ">", "<")
_LISTS = ("in", "not_in")
_DAYS = ("within_last_days", "older_than_days")
_BETWEEN_ENDS = 2

# Deeper than anybody writes, and shallower than SQL may nest.
_DEEPEST = 50


def _operator(value: object) -> str:
    name = OPERATOR_WORDS.get(str(value), str(value))
    if name not in OPERATORS:
        names = [*OPERATORS, *OPERATOR_WORDS]
        hint = did_you_mean(name, names)
        raise ValueError(", ".join(names) + (f"; {hint}" if hint else ""))
    return name


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class RuleCondition(WorkspaceModel):
    """One comparison of a person's field, or of a count of the person's events."""

    field: Text = Field(description="event_count, or a field of customers.dim_people")
    operator: Annotated[str, BeforeValidator(_operator)] = Field(
        description="how the field is compared: " + ", ".join(OPERATORS)
    )
    value: Annotated[object, BeforeValidator(_listed)] = Field(
        default=None, description="what the field is compared with"
    )
    event_type: Text | None = Field(
        default=None, description="the events that event_count counts, such as purchase"
    )
    within_days: Whole | None = Field(
        default=None, ge=1, description="the days before the run within which events count"
    )

    @field_validator("within_days", mode="before")
    @classmethod
    def _days_may_be_text(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.strip().isdecimal() else value

    @model_validator(mode="after")
    def _value_fits(self, info: ValidationInfo) -> "RuleCondition":
        if not _fits(self.operator, self.value):
            accepted = _accepted_values(self.operator)
            what = "missing key" if self.value is None else ""
            raise InvalidKeys([KeyProblem("value", self.value, accepted, what=what)])
        known = (info.context or {}).get("known")
        if known is not None:
            read_comparison(self, known)
        return self


def _accepted_values(operator: str) -> str:
    if operator == "between":
        return "a list of two numbers or dates, the lower one first, for between"
    if operator in _LISTS:
        return f"a list of one or more texts or numbers, for {operator}"
    if operator in _ORDERED:
        return f"a number or a date, for {operator}"
    if operator in _DAYS:
        return f"a whole number of days of 0 or more, for {operator}"
    if operator == "is_null":
        return "true, false or no value, for is_null"
    return f"text, a number, true, false or a date, for {operator}"


def _fits(operator: str, value: object) -> bool:
    """Whether an operator can compare with the value; numbers may be text."""
    if operator == "between":
        return _is_range(value)
    if operator in _LISTS:
        return isinstance(value, tuple) and bool(value) and all(map(_is_scalar, value))
    if operator in _ORDERED:
        return is_number(value) or is_date(value)
    if operator in _DAYS:
        return is_number(value) and float(str(value)) >= 0 and float(str(value)).is_integer()
    if operator == "is_null":
        return value is None or isinstance(value, bool)
    return _is_scalar(value)


def _is_range(value: object) -> bool:
    if not isinstance(value, tuple) or len(value) != _BETWEEN_ENDS:
        return False
    low, high = value
    if is_number(low) and is_number(high):
        return float(low) <= float(high)
    return is_date(low) and is_date(high) and str(low) <= str(high)


def _is_scalar(value: object) -> bool:
    return isinstance(value, Scalar) and (not isinstance(value, float) or is_number(value))


def _tag(rule: object) -> str:
    """Which of the two a rule is; a rule that is neither is reported as a condition."""
    groups = set(RuleGroup.model_fields)
    is_group = isinstance(rule, RuleGroup) or (isinstance(rule, Mapping) and groups & set(rule))
    return "<RuleGroup>" if is_group else "<RuleCondition>"


# The tags are the models' names, by which messages find the keys that are accepted.
Rule = Annotated[
    Annotated[RuleCondition, Tag("<RuleCondition>")] | Annotated["RuleGroup", Tag("<RuleGroup>")],
    Discriminator(_tag),
]


class RuleGroup(WorkspaceModel):
    """Rules taken together; where several keys are given, each of them must hold.

    With what is `Known` as the validation's context `known`, the fields of all conditions and
    the values of those fields are checked as well.
    """

    all: tuple[Rule, ...] = Field(default=(), description="rules that must all hold")
    any: tuple[Rule, ...] = Field(default=(), description="rules of which one must hold")
    none: tuple[Rule, ...] = Field(default=(), description="rules of which none may hold")

    @model_validator(mode="after")
    def _has_rules(self) -> "RuleGroup":
        if not (self.all or self.any or self.none):
            raise ValueError("one or more rules under all, any or none")
        if self.depth > _DEEPEST:
            raise ValueError(f"groups in groups, at most {_DEEPEST} deep")
        return self

    @property
    def depth(self) -> int:
        """How many groups are in each other."""
        rules = (*self.all, *self.any, *self.none)
        return 1 + max((rule.depth for rule in rules if isinstance(rule, RuleGroup)), default=0)

    @property
    def text(self) -> str:
        """The rules as JSON, without what was left out."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, ensure_ascii=False)
