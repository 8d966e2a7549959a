"""The small shop of `shop.py`, what is told of its journeys broken one at a time."""

import duckdb
import pytest

from expectations.gate import run_mart_gate
from expectations.invariant_queries import ORDERS, PEOPLE, TOUCHPOINTS
from expectations.journey_invariants import JOURNEY_INVARIANTS
from tests.expectations.conftest import FailedChecks

TABLES = [*JOURNEY_INVARIANTS, PEOPLE, ORDERS, TOUCHPOINTS]

EVENTS = "fct_journey_events"
PURCHASES = "purchases_are_the_counted_orders"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    (
        "insert into journeys.fct_journey_events from journeys.fct_journey_events limit 1",
        {(EVENTS, "key_is_unique")},
    ),
    (
        "insert into journeys.funnel from journeys.funnel "
        "where channel = 'email' and stage = 'advocacy'",
        {("funnel", "key_is_unique"), ("funnel", "persons_never_rise_from_stage_to_stage")},
    ),
    (
        "insert into journeys.paths from journeys.paths where path_type = 'stage'",
        {("paths", "key_is_unique"), ("paths", "ranks_follow_persons")},
    ),
    (
        "insert into journeys.dropoff from journeys.dropoff",
        {("dropoff", "key_is_unique"), ("dropoff", "agrees_with_funnel")},
    ),
    # Rows of nobody, and of visits and orders that nobody knows.
    (
        "update journeys.fct_journey_events set person_id = 'p9' where event_id = 'message:1'",
        {(EVENTS, "person_id_is_in_dim_people")},
    ),
    (
        "update journeys.fct_journey_events set session_id = 's9' where event_id = 'session:s1'",
        {(EVENTS, "session_id_is_in_fct_touchpoints")},
    ),
    (
        "update journeys.fct_journey_events set order_id = 'o9' where event_id = 'session:s1'",
        {(EVENTS, "order_id_is_in_fct_orders")},
    ),
    # Purchases.
    (
        "delete from journeys.fct_journey_events where event_id = 'order:o1'",
        {(EVENTS, PURCHASES)},
    ),
    (
        "update journeys.fct_journey_events set value = 100 where event_id = 'order:o1'",
        {(EVENTS, PURCHASES)},
    ),
    (
        "update journeys.fct_journey_events set value = null where event_id = 'order:o1'",
        {(EVENTS, PURCHASES)},
    ),
    (
        "update journeys.fct_journey_events set person_id = 'p1' where event_id = 'order:o2'",
        {(EVENTS, PURCHASES)},
    ),
    (
        "update journeys.fct_journey_events set order_id = 'o3' where event_id = 'order:o2'",
        {(EVENTS, PURCHASES)},
    ),
    (
        "insert into journeys.fct_journey_events select * replace ('web:1' as event_id) "
        "from journeys.fct_journey_events where event_id = 'order:o1'",
        {(EVENTS, PURCHASES)},
    ),
    # Funnel.
    (
        "update journeys.funnel set persons = 2, drop_off_persons = 1, drop_off_rate = 0.5 "
        "where channel = 'email' and stage = 'consideration'",
        {
            ("funnel", "persons_never_rise_from_stage_to_stage"),
            ("funnel", "channels_add_up_to_all"),
        },
    ),
    (
        "update journeys.funnel set drop_off_persons = 1, drop_off_rate = 1 "
        "where channel = 'email' and stage = 'intent'",
        {("funnel", "persons_never_rise_from_stage_to_stage")},
    ),
    (
        "delete from journeys.funnel where channel = 'email'",
        {("funnel", "channels_add_up_to_all")},
    ),
    (
        "update journeys.fct_journey_events set stage = null, stage_index = null "
        "where person_id = 'p2'",
        {("funnel", "everybody_with_a_stage_is_in_it")},
    ),
    # Paths.
    (
        "update journeys.paths set persons = 3, converters = 3 where path = 'paid_social'",
        {("paths", "ranks_follow_persons")},
    ),
    (
        "update journeys.paths set path_rank = 3 where path = 'paid_social'",
        {("paths", "ranks_follow_persons")},
    ),
    (
        "update journeys.paths set share_of_persons = 0.6 where path = 'paid_social'",
        {("paths", "ranks_follow_persons")},
    ),
    # Who stopped where.
    (
        "update journeys.dropoff set persons = 3",
        {("dropoff", "agrees_with_funnel")},
    ),
    (
        "update journeys.dropoff set stage = 'retention', stage_index = 6",
        {("dropoff", "agrees_with_funnel")},
    ),
    (
        "update journeys.dropoff set share_of_stage = 0.5",
        {("dropoff", "agrees_with_funnel")},
    ),
    ("delete from journeys.dropoff", {("dropoff", "agrees_with_funnel")}),
]


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], shop: duckdb.DuckDBPyConnection
):
    shop.execute(statement)
    results = [result for result in run_mart_gate(shop, TABLES) if not result.passed]
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.refuses and result.offending_rows for result in results)


def test_no_invariant_is_left_out():
    broken = {name for _, expected in BREAKS for name in expected}
    assert broken == {
        (table.split(".")[1], check.name)
        for table, checks in JOURNEY_INVARIANTS.items()
        for check in checks
    }


def test_a_purchase_that_only_the_tracker_knows_is_no_order(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute(
        "insert into journeys.fct_journey_events "
        "select * replace ('web:1' as event_id, null as order_id, 7 as value) "
        "from journeys.fct_journey_events where event_id = 'order:o1'"
    )
    assert failed(run_mart_gate(shop, TABLES)) == {}


def test_before_anybody_came_the_funnel_is_empty(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    for table in ("fct_journey_events", "paths", "dropoff"):
        shop.execute(f"delete from journeys.{table}")
    shop.execute("delete from customers.fct_orders where is_counted")
    shop.execute(
        "delete from journeys.funnel where channel <> 'all'; "
        "update journeys.funnel set persons = 0, drop_off_rate = null, "
        "awareness_to_conversion_rate = null, "
        "drop_off_persons = case when stage <> 'advocacy' then 0 end"
    )
    assert failed(run_mart_gate(shop, TABLES)) == {}
