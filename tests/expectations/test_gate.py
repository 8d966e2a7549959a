from dataclasses import replace

import duckdb
import pytest

from expectations.checks import NONE, Check
from expectations.gate import NullMeasureError, run_landing_gate, run_mart_gate, run_suite
from expectations.landing import LandingLimits
from expectations.writing import key_is_unique, no_rows_where
from tests.expectations.conftest import FailedChecks, Land

TOTALS = no_rows_where(
    "shop.orders", name="total_is_right", condition="total < 0", severity="warn", meaning="Wrong."
)


@pytest.fixture
def orders(connection: duckdb.DuckDBPyConnection) -> str:
    connection.execute("create table orders as select i as id, i - 2 as total from range(5) r(i)")
    return "orders"


def test_a_result_says_everything_about_a_failure(
    connection: duckdb.DuckDBPyConnection, orders: str
):
    (result,) = run_suite(connection, orders, [TOTALS], "mart")
    assert (result.layer, result.check_name, result.table_name) == (
        "mart",
        "total_is_right",
        "shop.orders",
    )
    assert (result.passed, result.observed, result.expected) == (False, "2", "0")
    assert result.offending_count == 2
    assert result.offending_rows == [{"id": 0, "total": -2}, {"id": 1, "total": -1}]
    assert result.meaning == "Wrong."
    assert not result.refuses


def test_only_a_failure_that_refuses_refuses(connection: duckdb.DuckDBPyConnection, orders: str):
    strict = replace(TOTALS, severity="refuse")
    assert run_suite(connection, orders, [strict], "mart")[0].refuses
    connection.execute("delete from orders where total < 0")
    assert not run_suite(connection, orders, [strict], "mart")[0].refuses


def test_results_keep_the_order_of_their_checks(connection: duckdb.DuckDBPyConnection, orders: str):
    checks = [key_is_unique("shop.orders", ("id",)), TOTALS]
    results = run_suite(connection, orders, checks, "mart")
    assert [(result.check_name, result.passed) for result in results] == [
        ("key_is_unique", True),
        ("total_is_right", False),
    ]


def test_a_null_measure_is_an_error_and_not_a_pass(
    connection: duckdb.DuckDBPyConnection, orders: str
):
    check = Check("sum", "shop.orders", "sum(total) filter (where false)", NONE, "warn", "Wrong.")
    with pytest.raises(NullMeasureError, match=r"shop\.orders: sum measures null"):
        run_suite(connection, orders, [check], "mart")


def test_a_check_that_needs_a_missing_table_has_no_result(
    connection: duckdb.DuckDBPyConnection, orders: str
):
    assert run_suite(connection, orders, [replace(TOTALS, reads=("shop.gone",))], "mart") == []


def test_a_check_that_does_not_apply_has_no_result(
    connection: duckdb.DuckDBPyConnection, orders: str
):
    check = replace(TOTALS, applies_if="select count(*) > 99 from orders")
    assert run_suite(connection, orders, [check], "mart") == []


def test_two_keys_of_one_hash_are_not_taken_for_duplicates(
    connection: duckdb.DuckDBPyConnection, orders: str
):
    # Nobody has two texts of one 64-bit hash at hand; a measure that is too high stands in.
    suspicion = replace(key_is_unique("shop.orders", ("id",)), measure="7")
    assert run_suite(connection, orders, [suspicion], "mart")[0].passed
    connection.execute("insert into orders values (3, 9), (3, 9), (4, 9)")
    (result,) = run_suite(connection, orders, [suspicion], "mart")
    assert result.observed == "3"
    assert result.offending_count == 5


def test_an_empty_table_passes_unless_it_is_required(
    land: Land,
    connection: duckdb.DuckDBPyConnection,
    limits: LandingLimits,
    failed: FailedChecks,
):
    table = land("commerce.orders")
    assert failed(run_landing_gate(connection, [table], limits)) == {}
    results = failed(run_landing_gate(connection, [replace(table, required=True)], limits))
    assert list(results) == ["has_rows"]
    assert results["has_rows"].refuses


def test_a_table_that_does_not_exist_fails_only_where_it_is_required(
    land: Land, connection: duckdb.DuckDBPyConnection, limits: LandingLimits
):
    table = land("commerce.orders")
    connection.execute("drop table raw_commerce.orders")
    assert run_landing_gate(connection, [table], limits) == []
    (result,) = run_landing_gate(connection, [replace(table, required=True)], limits)
    assert (result.check_name, result.observed, result.refuses) == ("has_rows", "0", True)


def test_the_mart_gate_leaves_out_what_this_run_did_not_build(
    connection: duckdb.DuckDBPyConnection,
):
    connection.execute("create schema conversions")
    connection.execute(
        "create table conversions.dim_goals as select 'sale' as goal, 'sold' as conversion_type"
    )
    assert run_mart_gate(connection, []) == []
    results = run_mart_gate(connection, ["conversions.dim_goals"])
    assert [(r.layer, r.check_name, r.passed) for r in results] == [
        ("mart", "key_is_never_null", True),
        ("mart", "conversion_type_is_known", False),
        ("invariant", "key_is_unique", True),
    ]
