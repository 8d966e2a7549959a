"""A small shop in which all five invariants hold, and one thing broken at a time.

What the marts of credits and spend add up to is in `test_attribution_sums.py`, what tables about
customers and journeys agree on in `test_customer_invariants.py` and `test_journey_invariants.py`.
"""

import duckdb
import pytest

from expectations.gate import run_mart_gate
from expectations.invariants import INVARIANTS
from tests.expectations.conftest import FailedChecks
from tests.expectations.shop import MARTS

TABLES = [*INVARIANTS]
WITHOUT_ATTRIBUTION = [name for name in TABLES if not name.startswith("attribution.")]

# Table, check, and the statement that breaks it.
BREAKS = [
    (
        "attribution.fct_credits",
        "credits_of_a_conversion_add_up",
        "update attribution.fct_credits set credit = 0.999 where attribution_model = 'linear' "
        "and conversion_id = 'purchase:o1'",
    ),
    (
        "attribution.fct_credits",
        "credits_of_a_conversion_add_up",
        "update attribution.fct_credits set credited_value = 90.001 where "
        "attribution_model = 'linear' and conversion_id = 'purchase:o1'",
    ),
    (
        "attribution.fct_credits",
        "credits_of_a_conversion_add_up",
        "delete from attribution.fct_credits where attribution_model = 'linear' "
        "and conversion_id = 'purchase:o1'",
    ),
    (
        "attribution.fct_credits",
        "every_conversion_is_credited",
        "delete from attribution.fct_credits",
    ),
    (
        "attribution.fct_credits",
        "touches_are_within_the_lookback",
        "update attribution.fct_touchpoints set touched_at = '2026-01-31 12:00:01' "
        "where touchpoint_id = 's1'",
    ),
    (
        "attribution.fct_credits",
        "touches_are_within_the_lookback",
        "update attribution.fct_touchpoints set touched_at = '2026-01-01 11:59:59' "
        "where touchpoint_id = 's2'",
    ),
    (
        "attribution.fct_credits",
        "touchpoint_id_is_in_fct_touchpoints",
        "update attribution.fct_credits set touchpoint_id = 's9' where touchpoint_id = 's1'",
    ),
    (
        "attribution.fct_credits",
        "conversion_id_is_in_fct_conversions",
        "insert into attribution.fct_credits select * replace ('purchase:o9' as conversion_id) "
        "from attribution.fct_credits limit 1",
    ),
    (
        "attribution.fct_credits",
        "campaign_id_is_in_dim_campaigns",
        "update attribution.fct_credits set campaign_id = 'c9' where campaign_id = 'c1'",
    ),
    (
        "attribution.fct_credits",
        "key_is_unique",
        "insert into attribution.fct_credits select * replace (0 as credit, 0 as credited_value) "
        "from attribution.fct_credits limit 1",
    ),
    (
        "campaigns.fct_ad_days",
        "spend_equals_landed_spend",
        "delete from campaigns.fct_ad_days where ad_id = 'a1'",
    ),
    (
        "campaigns.fct_ad_days",
        "spend_equals_landed_spend",
        "update campaigns.fct_ad_days set spend = 11 where ad_id = 'a3'",
    ),
    (
        "conversions.fct_conversions",
        "revenue_equals_orders_less_refunds",
        "update customers.fct_orders set refunded_value = 0, net_revenue = gross_revenue; "
        "update journeys.fct_journey_events set value = 100 where order_id = 'o1'",
    ),
    (
        "conversions.fct_conversions",
        "person_id_is_in_dim_people",
        "update conversions.fct_conversions set person_id = 'p9' where order_id = 'o1'",
    ),
    (
        "conversions.fct_conversions",
        "session_id_is_in_fct_touchpoints",
        "update conversions.fct_conversions set session_id = 's9' where order_id = 'o1'",
    ),
    (
        "conversions.fct_conversions",
        "goal_is_in_dim_goals",
        "update conversions.fct_conversions set goal = 'sale' where goal = 'newsletter'",
    ),
    (
        "attribution.fct_touchpoints",
        "person_id_is_in_dim_people",
        "update attribution.fct_touchpoints set person_id = 'p9' where touchpoint_id = 's1'",
    ),
    (
        "customers.fct_orders",
        "person_id_is_in_dim_people",
        "update customers.fct_orders set person_id = 'p9' where order_id = 'o3'",
    ),
    (
        "customers.dim_people",
        "key_is_unique",
        "insert into customers.dim_people from customers.dim_people limit 1",
    ),
    (
        "conversions.dim_goals",
        "key_is_unique",
        "insert into conversions.dim_goals from conversions.dim_goals limit 1",
    ),
    (
        "attribution.fct_touchpoints",
        "key_is_unique",
        "insert into attribution.fct_touchpoints from attribution.fct_touchpoints limit 1",
    ),
    (
        "customers.fct_orders",
        "key_is_unique",
        "insert into customers.fct_orders from customers.fct_orders where not is_counted",
    ),
]


def test_all_invariants_hold_in_a_consistent_shop(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    results = run_mart_gate(shop, TABLES)
    assert failed(results) == {}
    ran = {(r.table_name, r.check_name) for r in results if r.layer == "invariant"}
    assert ran == {(table, check.name) for table, checks in INVARIANTS.items() for check in checks}


@pytest.mark.parametrize(("table", "name", "statement"), BREAKS)
def test_what_breaks_an_invariant_is_refused_and_shown(
    table: str,
    name: str,
    statement: str,
    shop: duckdb.DuckDBPyConnection,
    failed: FailedChecks,
):
    shop.execute(statement)
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == [name]
    assert results[name].table_name == table
    assert (results[name].layer, results[name].refuses) == ("invariant", True)
    assert results[name].offending_rows


def test_conversions_and_their_orders_must_both_be_there(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("update conversions.fct_conversions set order_id = 'o9' where order_id = 'o1'")
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == ["order_id_is_in_fct_orders"]
    assert results["order_id_is_in_fct_orders"].offending_rows == [
        {"conversion_id": "purchase:o1", "order_id": "o9"}
    ]


def test_a_repeated_row_is_found_by_its_key_and_in_the_sums(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("insert into campaigns.fct_ad_days from campaigns.fct_ad_days where ad_id = 'a3'")
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == ["key_is_unique", "spend_equals_landed_spend"]
    assert results["spend_equals_landed_spend"].offending_rows == [
        {
            "currency": "USD",
            "landed_original_spend": 11.0,
            "published_original_spend": 22.0,
            "landed_spend": 5.5,
            "published_spend": 11.0,
        }
    ]


def test_a_conversion_counted_by_two_goals_is_revenue_twice(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("insert into conversions.dim_goals values ('sale', 'purchase')")
    shop.execute(
        "insert into conversions.fct_conversions "
        "select * replace ('sale:o1' as conversion_id, 'sale' as goal) "
        "from conversions.fct_conversions where order_id = 'o1'"
    )
    results = failed(run_mart_gate(shop, WITHOUT_ATTRIBUTION))
    assert list(results) == [
        "revenue_equals_orders_less_refunds",
        "no_order_is_revenue_of_two_goals",
    ]
    assert results["no_order_is_revenue_of_two_goals"].offending_rows == [
        {"order_id": "o1", "one_goal": "purchase", "another_goal": "sale"}
    ]


def test_an_order_repeated_within_a_goal_is_a_warning(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("update workspace.goals set source = 'event'")
    shop.execute(
        "insert into conversions.fct_conversions "
        "select * replace ('again' as conversion_id) "
        "from conversions.fct_conversions where order_id = 'o1'"
    )
    results = failed(run_mart_gate(shop, WITHOUT_ATTRIBUTION))
    assert list(results) == ["no_order_repeats_in_a_goal"]
    assert not results["no_order_repeats_in_a_goal"].refuses


@pytest.mark.parametrize(
    "narrower",
    [
        "update workspace.goals set value_field = 'subtotal'",
        "update workspace.goals set once_per = 'person'",
        "insert into workspace.goal_conditions values ('purchase')",
    ],
)
def test_revenue_is_every_order_only_if_a_goal_says_so(
    narrower: str, shop: duckdb.DuckDBPyConnection
):
    shop.execute("delete from conversions.fct_conversions where order_id = 'o2'")
    shop.execute("delete from attribution.fct_credits where conversion_id = 'purchase:o2'")
    results = {result.check_name: result for result in run_mart_gate(shop, TABLES)}
    assert results["revenue_equals_orders_less_refunds"].offending_rows == [
        {"order_id": "o2", "revenue_of_conversions": None, "revenue_of_order": 50.0}
    ]
    shop.execute(narrower)
    names = [result.check_name for result in run_mart_gate(shop, TABLES)]
    assert "revenue_equals_orders_less_refunds" not in names


def test_invariants_of_a_table_that_was_not_built_are_not_reported(
    shop: duckdb.DuckDBPyConnection,
):
    without_credits = [name for name in TABLES if name != "attribution.fct_credits"]
    results = run_mart_gate(shop, without_credits)
    assert {result.table_name for result in results} == set(without_credits)


def test_a_missing_rate_leaves_both_sides_of_the_spend_without_value(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("delete from intermediate.int_rate_intervals")
    shop.execute("update campaigns.fct_ad_days set spend = null where ad_id = 'a3'")
    shop.execute("update figures set cost = 0 where campaign_id is null")
    shop.execute("update figures set cost = 5 where campaign_id = 'google:brand'")
    shop.execute("update campaigns.dim_campaigns set spend = 5 where campaign_id = 'google:brand'")
    shop.execute(MARTS)
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == ["no_exchange_rate_is_missing"]
    assert not results["no_exchange_rate_is_missing"].refuses
