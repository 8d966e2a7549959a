"""The `where` of a goal: conditions on fields, each one operator and what it compares with."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orchestration.ingestion.contract import Kind
from orchestration.workspace.errors import did_you_mean
from orchestration.workspace.goal_fields import (
    NUMERIC_KINDS,
    GoalSource,
    kind_of_field,
    unknown_field,
)
from orchestration.workspace.validation import InvalidKeys, KeyProblem

OPERATORS = ("==", "!=", ">=", "<=", ">", "<", "in", "not_in", "contains", "starts_with", "exists")
_LISTS = ("in", "not_in")
_ORDERED = (">=", "<=", ">", "<")
_TEXTS = ("contains", "starts_with")

Scalar = str | int | float | bool | date


@dataclass(frozen=True)
class Condition:
    """One comparison a row must pass.

    Attributes:
        field: A column of the goal's source or a path into a JSON column.
        operator: One of `OPERATORS`.
        value: What the field is compared with; several values for `in` and `not_in`.
    """

    field: str
    operator: str
    value: Scalar | tuple[Scalar, ...]

    @property
    def value_text(self) -> str:
        """The value as SQL reads it: plain text, or a JSON array of texts for a list."""
        if isinstance(self.value, tuple):
            return json.dumps([scalar_text(value) for value in self.value], ensure_ascii=False)
        return scalar_text(self.value)


def scalar_text(value: Scalar) -> str:
    """Write a value the way it reads in landed data: `true`, `75`, `0.5`, `2026-03-01`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_number(value: object) -> bool:
    """Whether a value is a finite number, or text that reads as one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False


def is_date(value: object) -> bool:
    """Whether a value is a date or a time, or ISO 8601 text of one."""
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def parse_conditions(where: object, source: GoalSource | None) -> tuple[Condition, ...]:
    """Read a goal's `where`.

    Args:
        where: Field names, each with a literal, a list (any of), or operators with values.
        source: What the goal is on, whose fields are checked; None where that is unknown.

    Returns:
        One condition per operator, in the file's order.

    Raises:
        InvalidKeys: If a field, an operator or a value is not accepted; it lists every such
            key.
    """
    if not isinstance(where, Mapping):
        accepted = "fields with values, such as {form_name: newsletter}"
        raise InvalidKeys([KeyProblem("", where, accepted)])
    conditions: list[Condition] = []
    problems: list[KeyProblem] = []
    for field, given in where.items():
        for key, operator, value in _comparisons(str(field), given):
            read = _read_comparison(key, str(field), operator, value)
            if isinstance(read, Condition):
                conditions.append(read)
            else:
                problems.append(read)
    if source is not None:
        problems += _field_problems(source, conditions)
    if problems:
        raise InvalidKeys(problems)
    return tuple(conditions)


def _comparisons(field: str, given: object) -> list[tuple[str, str, object]]:
    """The key, operator and value of each comparison of a field, whichever way it is written."""
    if isinstance(given, Mapping) and given:
        return [(f"{field}.{name}", str(name), value) for name, value in given.items()]
    return [(field, "in" if isinstance(given, list) else "==", given)]


def _read_comparison(key: str, field: str, operator: str, value: Any) -> Condition | KeyProblem:  # noqa: ANN401 (whatever the file holds)
    """Read one comparison, or say what is wrong with it whatever the field means."""
    if operator not in OPERATORS:
        hint = did_you_mean(operator, OPERATORS)
        what = f"unknown operator, {hint}" if hint else "unknown operator"
        return KeyProblem(key, value, ", ".join(OPERATORS), what=what)
    if not _fits(operator, value):
        return KeyProblem(key, value, _accepted_values(operator))
    return Condition(field, operator, tuple(value) if isinstance(value, list) else value)


def _accepted_values(operator: str) -> str:
    if operator in _LISTS:
        return "a list of one or more texts, numbers or dates"
    if operator in _ORDERED:
        return "a number or a date"
    if operator in _TEXTS:
        return "text that is not empty"
    if operator == "exists":
        return "true or false"
    return "text, a number, true, false or a date; for a missing value write {exists: false}"


def _fits(operator: str, value: object) -> bool:
    if operator in _LISTS:
        return isinstance(value, list) and bool(value) and all(_is_scalar(one) for one in value)
    if operator in _ORDERED:
        return is_number(value) or is_date(value)
    if operator in _TEXTS:
        return isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    if operator == "exists":
        return isinstance(value, bool)
    return _is_scalar(value)


def _is_scalar(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int | date)


def _field_problems(source: GoalSource, conditions: list[Condition]) -> list[KeyProblem]:
    """A problem for every unknown field and for every value its field can never have."""
    problems = []
    for condition in conditions:
        key = condition.field
        kind = kind_of_field(source, condition.field)
        if kind is None:
            problems.append(unknown_field(source, key, condition.field))
        elif not _can_equal(kind, condition):
            problems.append(KeyProblem(key, condition.value, _accepted_kind(kind)))
    # A field with two operators is unknown once, not twice.
    return list(dict.fromkeys(problems))


def _can_equal(kind: Kind, condition: Condition) -> bool:
    """Whether a field of this kind can have the value at all."""
    if condition.operator == "exists" or condition.operator in _TEXTS:
        return True
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    if kind in NUMERIC_KINDS:
        return all(is_number(value) for value in values)
    if kind is Kind.FLAG:
        return all(isinstance(value, bool) for value in values)
    return True


def _accepted_kind(kind: Kind) -> str:
    return "true or false" if kind is Kind.FLAG else "a number, for a field of numbers"
