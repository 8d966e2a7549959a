"""The fields are the columns of customers.dim_people as its description has them."""

import pytest

from orchestration.segments.fields import (
    ALIASES,
    PATTERNS_FIELD,
    FieldKind,
    Known,
    _kind,
    person_fields,
)


def test_every_column_of_dim_people_is_a_field():
    fields = person_fields()
    assert fields["person_id"] is FieldKind.TEXT
    assert fields["orders"] is FieldKind.NUMBER
    assert fields["revenue"] is FieldKind.NUMBER
    assert fields["is_identified"] is FieldKind.FLAG
    assert fields["last_seen_at"] is FieldKind.MOMENT


def test_every_other_name_stands_for_a_column():
    known = Known(person_fields(), None)
    assert {alias: known.column_of(alias) for alias in ALIASES} == ALIASES


def test_a_column_goes_before_another_name_for_it():
    known = Known({"engagement": FieldKind.NUMBER, "engagement_score": FieldKind.NUMBER}, None)
    assert known.column_of("engagement") == "engagement"
    assert known.column_of("total_spent") is None


@pytest.mark.parametrize(
    ("data_type", "kind"),
    [
        ("decimal(18, 2)", FieldKind.NUMBER),
        ("date", FieldKind.DATE),
        ("string", FieldKind.TEXT),
    ],
)
def test_types_are_those_of_contracts(data_type: str, kind: FieldKind):
    assert _kind("x", data_type) is kind


def test_behaviours_are_a_set_whatever_their_type():
    assert _kind(PATTERNS_FIELD, "string") is FieldKind.PATTERNS


def test_a_column_that_no_rule_can_compare_is_told():
    with pytest.raises(ValueError, match="x is array<string>; a rule can compare bigint, "):
        _kind("x", "array<string>")
