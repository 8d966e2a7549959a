"""A small shop in which all five invariants hold, and one thing broken at a time."""

import duckdb
import pytest

from expectations.gate import run_mart_gate
from expectations.invariants import INVARIANTS
from tests.expectations.conftest import FailedChecks

# Order o1 (100 less 10 paid back) and o2 (50), one visit before each; a third order is a draft.
# Ads spent 30 EUR and 11 USD at 0.5.
SHOP = """
    create schema workspace; create schema staging; create schema intermediate;
    create schema conversions; create schema attribution; create schema campaigns;
    create schema customers;
    create table workspace.settings as select 'EUR' as currency, 30 as lookback_days;
    create table workspace.goals as select 'purchase' as goal, 'order' as source,
        true as counts_as_revenue, 'total' as value_field, 'event' as once_per;
    create table workspace.goal_conditions (goal varchar);
    create view staging.stg_meta_ads__insights as
        select * from (values
            ('a1', date '2026-01-01', null, 10::decimal(18, 6)),
            ('a2', date '2026-01-01', 'EUR', 20),
            ('a3', date '2026-01-01', 'USD', 11)
        ) as t(ad_id, spend_date, currency, spend);
    create table intermediate.int_rate_intervals as select 'USD' as currency, 0.5 as rate,
        date '2026-01-01' as valid_from, date '2026-01-08' as valid_to;
    create table campaigns.fct_ad_days as
        select ad_id, date '2026-01-01' as date, null::varchar as campaign_id, 9 as impressions,
            9 as reach, 1 as clicks, spend::double as spend,
            original_spend::double as original_spend, original_currency, 0.0 as meta_purchases,
            0.0 as meta_purchase_value, 0.0 as meta_leads
        from (values ('a1', 10, 10, 'EUR'), ('a2', 20, 20, 'EUR'), ('a3', 5.5, 11, 'USD'))
            as t(ad_id, spend, original_spend, original_currency);
    create table conversions.dim_goals as
        select 'purchase' as goal, 'purchase' as conversion_type;
    create table customers.dim_people as
        select person_id, true as is_identified, 1 as orders, 1.0 as average_order_value,
            1 as days_since_last_order
        from (values ('p1'), ('p2')) as t(person_id);
    create table customers.fct_orders as
        select order_id, person_id, is_counted, is_counted as is_paid,
            gross::double as gross_revenue, refunded::double as refunded_value,
            (gross - refunded)::double as net_revenue, gross::double as original_total
        from (values
            ('o1', 'p1', true, 100, 10), ('o2', 'p2', true, 50, 0), ('o3', 'p2', false, 70, 0)
        ) as t(order_id, person_id, is_counted, gross, refunded);
    create table attribution.fct_touchpoints as
        select session_id as touchpoint_id, session_id, person_id, touched_at, 'email' as channel,
            null::varchar as campaign_id, false as is_resolved,
            'unresolved' as resolution_method, null::double as resolution_confidence,
            1 as pageviews
        from (values
            ('s1', 'p1', timestamp '2026-01-10 12:00:00'),
            ('s2', 'p2', timestamp '2026-01-01 12:00:00')
        ) as t(session_id, person_id, touched_at);
    create table conversions.fct_conversions as
        select 'purchase:' || order_id as conversion_id, 'purchase' as goal,
            'purchase' as conversion_type, person_id, session_id, order_id,
            timestamp '2026-01-31 12:00:00' as converted_at, 'email' as channel,
            net_revenue as value, gross_revenue as gross_value, refunded_value,
            'EUR' as original_currency, true as counts_as_revenue
        from customers.fct_orders join attribution.fct_touchpoints using (person_id)
        where is_counted;
    create table attribution.fct_credits as
        select conversion_id, touchpoint_id, attribution_model, 1.0::double as credit,
            value as credited_value
        from conversions.fct_conversions join attribution.fct_touchpoints using (person_id)
        cross join (values ('linear'), ('last_touch')) as t(attribution_model);
"""

TABLES = [*INVARIANTS]

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
        "insert into attribution.fct_credits values ('purchase:o9', 's1', 'linear', 1, 1)",
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
        "update customers.fct_orders set refunded_value = 0, net_revenue = gross_revenue",
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
        "update conversions.fct_conversions set goal = 'sale' where order_id = 'o1'",
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


@pytest.fixture
def shop(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute(SHOP)
    return connection


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
    results = failed(run_mart_gate(shop, [name for name in TABLES if "credits" not in name]))
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
    results = failed(run_mart_gate(shop, [name for name in TABLES if "credits" not in name]))
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
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == ["no_exchange_rate_is_missing"]
    assert not results["no_exchange_rate_is_missing"].refuses
