import duckdb
import pytest

from expectations.gate import run_suite
from expectations.landing.references import REFERENCES, Reference, reference_checks
from orchestration.ingestion.contract import table_named
from tests.expectations.conftest import Land


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: f"{r.table}.{r.column}")
def test_what_never_landed_is_counted_and_refuses_nothing(
    reference: Reference, land: Land, connection: duckdb.DuckDBPyConnection
):
    table = table_named(reference.table)
    land(reference.table, {reference.column: "id 0"}, {reference.column: "gone"})
    land(reference.parent, {})
    (check,) = [c for c in reference_checks(reference.table) if reference.column in c.name]
    (result,) = run_suite(connection, table.relation, [check], "landing")
    assert (result.passed, result.refuses, result.offending_count) == (False, False, 1)
    assert result.offending_rows[0][reference.column] == "gone"


def test_a_guest_is_nobodys_orphan(land: Land, connection: duckdb.DuckDBPyConnection):
    land("commerce.orders", {"customer_id": None})
    land("commerce.customers", {})
    checks = reference_checks("commerce.orders")
    (result,) = run_suite(connection, "raw_commerce.orders", checks, "landing")
    assert result.passed


def test_a_source_that_is_not_used_has_no_gaps(land: Land, connection: duckdb.DuckDBPyConnection):
    land("commerce.orders", {"customer_id": "c"})
    land("commerce.customers")
    checks = reference_checks("commerce.orders")
    assert run_suite(connection, "raw_commerce.orders", checks, "landing") == []
