"""Columns as arrays."""

from decimal import Decimal

import pyarrow as pa
import pytest

from python_assets.scoring.columns import booleans, floats


@pytest.mark.parametrize(
    "column",
    [pa.array([1, 2]), pa.array([1.0, 2.0]), pa.array([Decimal(1), Decimal(2)])],
)
def test_numbers_of_any_type_are_read(column: pa.Array):
    table = pa.concat_tables([pa.table({"n": column[:1]}), pa.table({"n": column[1:]})])
    assert floats(table, "n").tolist() == [1.0, 2.0]


def test_an_empty_column_of_no_type_is_read():
    assert floats(pa.table({"n": []}), "n").tolist() == []
    assert booleans(pa.table({"n": []}), "n").tolist() == []


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_missing_numbers_are_refused(missing: float | None):
    with pytest.raises(ValueError, match=r"n, row 1 \(from 0\): every row needs a finite number"):
        floats(pa.table({"n": [1.0, missing]}), "n")


def test_missing_outcomes_are_refused():
    table = pa.table({"has_churned": [True, None, False]})
    with pytest.raises(ValueError, match="has_churned is null in 1 rows"):
        booleans(table, "has_churned")
    assert booleans(table.drop_null(), "has_churned").tolist() == [True, False]
