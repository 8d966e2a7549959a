"""A rule's condition checked against the fields there are: what it compares with what.

Whether the value fits the operator at all, whatever the field, is checked before, in
`workspace/segment_rules.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestration.segments.fields import EVENT_COUNT, FieldKind, Known, unknown_field
from orchestration.segments.values import Value, accepted_value, read_value
from orchestration.workspace.errors import closest_first
from orchestration.workspace.validation import InvalidKeys, KeyProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orchestration.workspace.segment_rules import RuleCondition

_EQUAL = ("==", "!=", "in", "not_in")
_ORDERED = (">=", "<=", ">", "<", "between")
_CONTAINS = ("contains", "not_contains")
DAYS = ("within_last_days", "older_than_days")

OPERATORS_OF = {
    FieldKind.NUMBER: (*_ORDERED, *_EQUAL, "is_null"),
    FieldKind.TEXT: (*_EQUAL, *_CONTAINS, "is_null"),
    FieldKind.DATE: (*_ORDERED, *_EQUAL, *DAYS, "is_null"),
    FieldKind.MOMENT: (*_ORDERED, *_EQUAL, *DAYS, "is_null"),
    FieldKind.FLAG: (*_EQUAL, "is_null"),
    FieldKind.PATTERNS: (*_EQUAL, *_CONTAINS, "is_null"),
}


@dataclass(frozen=True)
class EventWindow:
    """Which events a count is of.

    Attributes:
        event_type: Their type in journeys.
        within_days: How many days ago they may be at most; None for all.
    """

    event_type: str
    within_days: int | None


@dataclass(frozen=True)
class Comparison:
    """A condition of which everything is known.

    Attributes:
        subject: The column of customers.dim_people, or the events that are counted.
        kind: What the values of the subject are.
        operator: One of `OPERATORS_OF` the kind.
        values: What it is compared with, in the type of the subject; days, for the operators on
            days; whether null is meant, for is_null.
    """

    subject: str | EventWindow
    kind: FieldKind
    operator: str
    values: tuple[Value, ...]


def read_comparison(condition: RuleCondition, known: Known) -> Comparison:
    """Find the field of a condition and read its values.

    Args:
        condition: A condition as it was written.
        known: What conditions can speak of.

    Returns:
        What is compared.

    Raises:
        InvalidKeys: If the field, the event type, the operator or a value is not accepted.
    """
    subject = _subject(condition, known)
    kind = FieldKind.NUMBER
    if isinstance(subject, str):
        kind = known.fields[subject]
    if condition.operator not in OPERATORS_OF[kind]:
        operators = ", ".join(OPERATORS_OF[kind])
        accepted = f"for {condition.field}, which is {kind}: {operators}"
        raise InvalidKeys([KeyProblem("operator", condition.operator, accepted)])
    return Comparison(subject, kind, condition.operator, _values(condition, kind))


def _subject(condition: RuleCondition, known: Known) -> str | EventWindow:
    if condition.field == EVENT_COUNT:
        return _event_window(condition, known)
    column = known.column_of(condition.field)
    if column is None:
        raise InvalidKeys([unknown_field(condition.field, known)])
    _refuse_event_keys(condition)
    return column


def _event_window(condition: RuleCondition, known: Known) -> EventWindow:
    types = known.event_types
    if condition.event_type is None:
        accepted = "the events to count: " + ", ".join(types or ("a type such as purchase",))
        raise InvalidKeys([KeyProblem("event_type", None, accepted, what="missing key")])
    # Journeys know events in lower case.
    event_type = condition.event_type.lower()
    if types is not None and event_type not in types:
        names = ", ".join(closest_first(event_type, types))
        accepted = f"the events of journeys, closest first: {names}; stages.csv may name others"
        what = "unknown event type"
        raise InvalidKeys([KeyProblem("event_type", event_type, accepted, what=what)])
    return EventWindow(event_type, condition.within_days)


def _refuse_event_keys(condition: RuleCondition) -> None:
    given = {"event_type": condition.event_type, "within_days": condition.within_days}
    problems = [
        KeyProblem(key, value, f"{key} beside field: {EVENT_COUNT} only")
        for key, value in given.items()
        if value is not None
    ]
    if problems:
        raise InvalidKeys(problems)


def _values(condition: RuleCondition, kind: FieldKind) -> tuple[Value, ...]:
    given = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    if condition.operator == "is_null":
        return (condition.value is not False,)
    if condition.operator in DAYS:
        return (int(float(str(condition.value))),)
    if condition.operator in _CONTAINS and given == ("",):
        raise InvalidKeys([KeyProblem("value", "", "text that is not empty")])
    return tuple(_read(condition.field, kind, given))


def _read(field: str, kind: FieldKind, given: Iterable[object]) -> Iterable[Value]:
    for one in given:
        value = read_value(kind, one)
        if value is None:
            accepted = f"for {field}: {accepted_value(kind, one)}"
            raise InvalidKeys([KeyProblem("value", one, accepted)])
        yield value
