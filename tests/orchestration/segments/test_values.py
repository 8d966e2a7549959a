"""Values take the type of their field, however they are written."""

from datetime import date, datetime

import pytest

from orchestration.segments.fields import FieldKind
from orchestration.segments.values import read_value


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (FieldKind.NUMBER, "300", 300),
        (FieldKind.NUMBER, " -2.5e1 ", -25.0),
        (FieldKind.NUMBER, 7, 7),
        (FieldKind.NUMBER, 2**63 - 1, 2**63 - 1),
        (FieldKind.NUMBER, 10**30, 1e30),
        (FieldKind.NUMBER, str(10**30), 1e30),
        (FieldKind.TEXT, "O'Neill; --", "O'Neill; --"),
        (FieldKind.TEXT, 7, "7"),
        (FieldKind.TEXT, 7.0, "7"),
        (FieldKind.TEXT, date(2026, 3, 1), "2026-03-01"),
        (FieldKind.DATE, "2026-03-01", date(2026, 3, 1)),
        (FieldKind.DATE, date(2026, 3, 1), date(2026, 3, 1)),
        (FieldKind.MOMENT, datetime(2026, 3, 1), date(2026, 3, 1)),
        (FieldKind.MOMENT, "2026-03-01T00:00:00", date(2026, 3, 1)),
        (FieldKind.FLAG, True, True),
        (FieldKind.FLAG, "FALSE", False),
        (FieldKind.PATTERNS, "INACTIVE", "INACTIVE"),
    ],
)
def test_values_become_those_of_the_field(kind: FieldKind, given: object, value: object):
    read = read_value(kind, given)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (FieldKind.NUMBER, "many"),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, "nan"),
        (FieldKind.NUMBER, float("inf")),
        (FieldKind.NUMBER, 10**400),
        (FieldKind.NUMBER, None),
        (FieldKind.TEXT, True),
        (FieldKind.TEXT, "\ud800"),
        (FieldKind.TEXT, None),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.DATE, 20260301),
        (FieldKind.MOMENT, "2026-03-01T10:00:00"),
        (FieldKind.MOMENT, datetime.fromisoformat("2026-03-01T00:00:00+02:00")),
        (FieldKind.FLAG, 1),
        (FieldKind.FLAG, "yes"),
        (FieldKind.PATTERNS, "inactive"),
        (FieldKind.PATTERNS, "INACTIVE, NEW_SHOPPER"),
    ],
)
def test_what_is_no_value_of_the_field_is_none(kind: FieldKind, given: object):
    assert read_value(kind, given) is None
