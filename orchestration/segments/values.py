"""The values of rules in the type of their field: "300" is 300, and what is none is refused."""

from datetime import date, datetime, time

from orchestration.segments.fields import PATTERNS, FieldKind
from orchestration.workspace.errors import closest_first
from orchestration.workspace.goal_conditions import is_number, scalar_text

Value = str | int | float | bool | date

# Beyond these a whole number is no bigint, and a fraction has to do.
_BIGINT_LIMIT = 2**63

_TRUTHS = {"true": True, "false": False}


def read_value(kind: FieldKind, given: object) -> Value | None:
    """Turn what a rule says into a value of a field.

    Args:
        kind: What the field's values are.
        given: What stands in the rule.

    Returns:
        The value; None if the field can never have it.

    Example:
        >>> read_value(FieldKind.NUMBER, "300"), read_value(FieldKind.NUMBER, "many")
        (300, None)
        >>> read_value(FieldKind.MOMENT, "2026-03-01")
        datetime.date(2026, 3, 1)
    """
    if kind is FieldKind.NUMBER:
        return _number(given)
    if kind in (FieldKind.DATE, FieldKind.MOMENT):
        return _date(given)
    if kind is FieldKind.FLAG:
        return given if isinstance(given, bool) else _TRUTHS.get(str(given).lower())
    if kind is FieldKind.PATTERNS:
        return str(given) if given in PATTERNS else None
    return _text(given)


def accepted_value(kind: FieldKind, given: object) -> str:
    """Say what a field's values are, in a message about one that is none."""
    if kind in (FieldKind.DATE, FieldKind.MOMENT):
        return "a date such as 2026-03-01, without a time of day"
    if kind is FieldKind.PATTERNS:
        names = closest_first(str(given).upper(), PATTERNS)
        return "the patterns, closest first: " + ", ".join(names)
    return str(kind)


def is_text(value: str) -> bool:
    """Whether text can be stored: YAML and the command line may hold half characters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _number(given: object) -> int | float | None:
    if not is_number(given):
        return None
    try:
        number: int | float = int(given) if isinstance(given, str) else given  # type: ignore[assignment]
    except ValueError:
        number = float(str(given))
    is_bigint = isinstance(number, int) and abs(number) < _BIGINT_LIMIT
    return number if is_bigint else float(number)


def _date(given: object) -> date | None:
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return None
    if isinstance(moment, datetime):
        return moment.date() if moment.timetz() == time() else None
    return moment if isinstance(moment, date) else None


def _text(given: object) -> str | None:
    # A `true` is a slip of somebody who meant another field.
    if isinstance(given, bool) or not isinstance(given, str | int | float | date):
        return None
    text = scalar_text(given)
    return text if is_text(text) else None
