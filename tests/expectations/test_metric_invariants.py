"""Metrics that contradict the facts they are made of, broken one at a time."""

import duckdb
import pytest

from expectations.attribution_queries import CHANNEL_DAYS
from expectations.gate import run_mart_gate
from expectations.invariant_queries import ORDERS
from expectations.metric_invariants import METRIC_INVARIANTS
from tests.expectations.conftest import FailedChecks
from tests.expectations.marts.metrics_rows import ORDINARY

TABLES = [*METRIC_INVARIANTS]
BUILT_BEFORE = [CHANNEL_DAYS, ORDERS]

# Three days of March of which the last two are in the window: 30 is spent, 3 customers are won,
# and orders of 12 and 8 are paid.
SHOP = f"""
    create schema metrics;
    create schema attribution;
    create schema customers;
    create table attribution.channel_days as
        from (values
            ('email', 'linear', date '2026-03-01', 12e0),
            ('email', 'linear', date '2026-03-30', 18e0),
            ('email', 'markov', date '2026-03-30', 18e0),
            ('email', 'linear', date '2026-02-28', 99e0)
        ) as t(channel, attribution_model, date, cost);
    create table customers.fct_orders as
        from (values
            ('o1', true, date '2026-03-01', 12e0),
            ('o2', true, date '2026-03-30', 8e0),
            ('o3', false, date '2026-03-30', 0e0),
            ('o4', true, date '2026-03-31', 99e0)
        ) as t(order_id, is_paid, order_date, net_revenue);
    create table metrics.dictionary as
        select ordinary.* replace (new.metric as metric, new.dimensions as dimensions)
        from ({ORDINARY["metrics.dictionary"]}) as ordinary
        cross join (values
            ('roas', 'all, campaign'), ('cac', 'all'), ('average_order_value', 'all'),
            ('message_frequency_share', 'times_seen')
        ) as new(metric, dimensions);
    create table metrics.metric_values as
        select ordinary.* replace (
            new.metric as metric, new.value as value, new.numerator as numerator,
            new.denominator as denominator, null as lower, null as upper
        )
        from ({ORDINARY["metrics.metric_values"]}) as ordinary
        cross join (values
            ('roas', 2e0, 60e0, 30e0), ('cac', 10, 30, 3), ('average_order_value', 10, 20, 2)
        ) as new(metric, value, numerator, denominator);
"""

SPEND = "spend_is_that_of_channel_days"
AVERAGE = "orders_are_those_of_fct_orders"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    (
        "insert into metrics.dictionary from metrics.dictionary where metric = 'cac'",
        {("dictionary", "key_is_unique")},
    ),
    (
        "insert into metrics.metric_values from metrics.metric_values where metric = 'cac'",
        {("metric_values", "key_is_unique")},
    ),
    (
        "delete from metrics.dictionary where metric = 'cac'",
        {("metric_values", "metric_is_in_dictionary")},
    ),
    (
        "delete from metrics.metric_values where metric = 'cac'",
        {("metric_values", "every_metric_is_told")},
    ),
    (
        "update metrics.metric_values set dimension = 'campaign', dimension_value = 'c' "
        "where metric = 'roas'",
        {("metric_values", "every_metric_is_told")},
    ),
    (
        "update metrics.metric_values set numerator = 31, value = 31 / 3 where metric = 'cac'",
        {("metric_values", SPEND)},
    ),
    (
        "update metrics.metric_values set denominator = 20, value = 3 where metric = 'roas'",
        {("metric_values", SPEND)},
    ),
    (
        "update attribution.channel_days set date = '2026-03-31' where cost = 12",
        {("metric_values", SPEND)},
    ),
    (
        "update metrics.metric_values set numerator = 21, value = 10.5 "
        "where metric = 'average_order_value'",
        {("metric_values", AVERAGE)},
    ),
    (
        "update customers.fct_orders set is_paid = true where order_id = 'o3'",
        {("metric_values", AVERAGE)},
    ),
]


@pytest.fixture
def metrics(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute(SHOP)
    return connection


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], metrics: duckdb.DuckDBPyConnection
):
    metrics.execute(statement)
    results = [
        result for result in run_mart_gate(metrics, TABLES, BUILT_BEFORE) if not result.passed
    ]
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.refuses and result.offending_rows for result in results)


def test_no_invariant_is_left_out():
    broken = {name for _, expected in BREAKS for name in expected}
    assert broken == {
        (table.split(".")[1], check.name)
        for table, checks in METRIC_INVARIANTS.items()
        for check in checks
    }


def test_all_hold_where_metrics_agree(metrics: duckdb.DuckDBPyConnection, failed: FailedChecks):
    assert failed(run_mart_gate(metrics, TABLES, BUILT_BEFORE)) == {}
