"""Every check of every published table, broken once."""

import duckdb
import pytest

from expectations.gate import run_suite
from expectations.marts import MART_CHECKS
from tests.expectations.conftest import FailedChecks
from tests.expectations.marts import (
    attribution_rows,
    campaigns_rows,
    customers_rows,
    experiments_rows,
    forecasts_rows,
    journeys_rows,
    metrics_rows,
)

# One ordinary row of each table.
ORDINARY = {
    **attribution_rows.ORDINARY,
    **campaigns_rows.ORDINARY,
    **customers_rows.ORDINARY,
    **journeys_rows.ORDINARY,
    **experiments_rows.ORDINARY,
    **forecasts_rows.ORDINARY,
    **metrics_rows.ORDINARY,
    "conversions.fct_conversions": """
        select 'purchase:1' as conversion_id, 'purchase' as conversion_type, 'p' as person_id,
            timestamp '2026-01-01' as converted_at, 'email' as channel, 7.5e0 as value,
            10.0e0 as gross_value, 2.5e0 as refunded_value, 'EUR' as original_currency,
            true as counts_as_revenue
    """,
    "conversions.dim_goals": "select 'purchase' as goal, 'purchase' as conversion_type",
    "campaigns.fct_ad_days": """
        select 'a' as ad_id, date '2026-01-01' as date, 100 as impressions, 80 as reach,
            5 as clicks, 9.5e0 as spend, 9.5e0 as original_spend, 1.0e0 as meta_purchases,
            20.0e0 as meta_purchase_value, null::double as meta_leads
    """,
    "customers.dim_people": """
        select 'p' as person_id, true as is_identified, 2 as orders, 10.0e0 as average_order_value,
            3 as days_since_last_order, 'x' as email_hash, 1 as paid_orders,
            'Loyal' as rfm_segment, 'INACTIVE, WEEKEND_SHOPPER' as behaviours,
            'low' as engagement_tier, 5.0e0 as engagement_score, 'bronze' as clv_tier,
            100.0e0 as clv, 90.0e0 as clv_formula, 'medium' as churn_tier, 50.0e0 as churn_risk,
            0.5e0 as churn_probability, 'passive' as nps_category, 7.5e0 as nps_score,
            1.5e0 as expected_purchases
    """,
    "customers.fct_orders": """
        select 'o' as order_id, 'p' as person_id, 10.0e0 as gross_revenue, 2.5e0 as refunded_value,
            7.5e0 as net_revenue, 10.0e0 as original_total, true as is_paid, true as is_counted,
            2 as order_number, 9 as days_since_first_order, 4 as days_since_previous_order,
            5 as days_since_first_paid_order
    """,
}

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    **attribution_rows.BREAKS,
    **campaigns_rows.BREAKS,
    **customers_rows.BREAKS,
    **journeys_rows.BREAKS,
    **experiments_rows.BREAKS,
    **forecasts_rows.BREAKS,
    **metrics_rows.BREAKS,
    "conversions.fct_conversions": [
        ("key_is_never_null", "conversion_id = null"),
        ("conversion_type_is_known", "conversion_type = 'sale'"),
        ("person_is_known", "person_id = null"),
        ("time_is_known", "converted_at = null"),
        ("channel_is_known", "channel = 'facebook'"),
        (
            "gross_revenue_is_not_negative",
            "gross_value = -1, value = -1, refunded_value = 0",
        ),
        (
            "gross_value_is_not_negative",
            "counts_as_revenue = false, gross_value = -1, value = -1, refunded_value = 0",
        ),
        ("refunded_value_is_not_negative", "refunded_value = -1, value = 11"),
        ("refund_does_not_exceed_the_order", "refunded_value = 12.0, value = -2.0"),
        ("value_is_gross_less_refunded", "value = 7.6"),
        ("no_exchange_rate_is_missing", "value = null, original_currency = 'USD'"),
        ("value_in_own_currency_is_known", "value = null, original_currency = null"),
    ],
    "conversions.dim_goals": [
        ("key_is_never_null", "goal = null"),
        ("conversion_type_is_known", "conversion_type = null"),
    ],
    "campaigns.fct_ad_days": [
        ("key_is_never_null", "date = null"),
        ("spend_is_not_negative", "spend = -0.01"),
        ("no_exchange_rate_is_missing", "spend = null"),
        ("counts_are_not_negative", "reach = -1"),
        ("clicks_rarely_exceed_impressions", "clicks = 101"),
        ("results_are_not_negative", "meta_leads = -1"),
    ],
    "customers.dim_people": [
        ("key_is_never_null", "person_id = null"),
        ("says_whether_it_is_identified", "is_identified = null"),
        ("orders_is_not_negative", "orders = -1"),
        ("average_needs_an_order", "orders = 0, paid_orders = 0, days_since_last_order = null"),
        ("last_order_is_not_in_the_future", "days_since_last_order = -1"),
        ("recency_goes_with_orders", "days_since_last_order = null"),
        ("paid_orders_are_some_of_the_orders", "paid_orders = 3"),
        ("rfm_segment_is_known", "rfm_segment = 'Whales'"),
        ("behaviours_are_known", "behaviours = 'INACTIVE, BIG_SPENDER'"),
        ("scores_are_in_their_range", "engagement_score = 100.1"),
        ("scores_are_in_their_range", "clv_formula = 'nan'"),
        ("scores_are_in_their_range", "churn_probability = 50"),
        ("scores_are_in_their_range", "expected_purchases = -0.1"),
        ("tiers_are_of_their_scores", "engagement_tier = 'bronze'"),
        ("tiers_are_of_their_scores", "churn_tier = null"),
        ("tiers_are_of_their_scores", "nps_score = null"),
    ],
    "customers.fct_orders": [
        ("key_is_never_null", "order_id = null"),
        ("person_is_known", "person_id = null"),
        (
            "gross_revenue_is_not_negative",
            "gross_revenue = -1, refunded_value = 0, net_revenue = -1",
        ),
        ("refunded_value_is_not_negative", "refunded_value = -1, net_revenue = 11"),
        ("net_is_gross_less_refunded", "net_revenue = 7.6"),
        ("no_exchange_rate_is_missing", "gross_revenue = null, net_revenue = null"),
        (
            "paid_orders_count",
            "is_counted = false, order_number = null, days_since_first_order = null, "
            "days_since_previous_order = null, days_since_first_paid_order = null",
        ),
        (
            "only_counted_orders_are_numbered",
            "is_paid = false, is_counted = false, days_since_first_paid_order = null",
        ),
        (
            "only_counted_orders_are_numbered",
            "is_paid = false, is_counted = false, order_number = null, "
            "days_since_first_order = null, days_since_first_paid_order = null",
        ),
        ("only_a_first_order_follows_none", "days_since_previous_order = null"),
        (
            "only_a_first_order_follows_none",
            "order_number = 1, days_since_first_order = 0, days_since_previous_order = 0, "
            "days_since_first_paid_order = 0",
        ),
        ("days_are_since_earlier_orders", "days_since_previous_order = 10"),
        ("days_are_since_earlier_orders", "days_since_first_order = null"),
        (
            "days_are_since_earlier_orders",
            "order_number = 1, days_since_previous_order = null",
        ),
        ("days_since_the_first_paid_order_are_of_paid_ones", "is_paid = false"),
        ("days_since_the_first_paid_order_are_of_paid_ones", "days_since_first_paid_order = 10"),
    ],
}

CASES = [(table, name, wrong) for table, breaks in BREAKS.items() for name, wrong in breaks]


@pytest.fixture
def marts(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("create schema workspace")
    connection.execute("create table workspace.settings as select 'EUR' as currency")
    for table, row in ORDINARY.items():
        connection.execute(f"create schema if not exists {table.split('.')[0]}")
        connection.execute(f"create table {table} as {row}")
    return connection


def test_no_check_is_left_out():
    covered = {(table, name) for table, name, _ in CASES}
    covered.add(("customers.dim_people", "names_no_contact_fields"))
    assert covered == {
        (table, check.name) for table, checks in MART_CHECKS.items() for check in checks
    }


@pytest.mark.parametrize("table", list(MART_CHECKS))
def test_an_ordinary_row_passes_every_check(
    table: str, marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    passing = run_suite(marts, table, MART_CHECKS[table], "mart")
    assert failed(passing) == {}
    assert len(passing) == len(MART_CHECKS[table])


@pytest.mark.parametrize(("table", "name", "wrong"), CASES)
def test_a_wrong_row_fails_its_check_and_no_other(
    table: str,
    name: str,
    wrong: str,
    marts: duckdb.DuckDBPyConnection,
    failed: FailedChecks,
):
    marts.execute(f"update {table} set {wrong}")
    results = failed(run_suite(marts, table, MART_CHECKS[table], "mart"))
    assert list(results) == [name]
    assert results[name].offending_count == 1
    assert len(results[name].offending_rows) == 1


def test_contact_data_is_not_published(marts: duckdb.DuckDBPyConnection, failed: FailedChecks):
    marts.execute("alter table customers.dim_people add column Email varchar")
    checks = MART_CHECKS["customers.dim_people"]
    results = failed(run_suite(marts, "customers.dim_people", checks, "mart"))
    assert list(results) == ["names_no_contact_fields"]
    assert results["names_no_contact_fields"].refuses
    assert results["names_no_contact_fields"].offending_rows == [{"column_name": "Email"}]


def test_an_unattributed_conversion_is_ordinary(
    marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    table = "conversions.fct_conversions"
    marts.execute(f"update {table} set channel = 'unattributed'")
    assert failed(run_suite(marts, table, MART_CHECKS[table], "mart")) == {}


def test_credit_of_a_conversion_without_a_touch_is_ordinary(
    marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    table = "attribution.fct_credits"
    marts.execute(
        f"update {table} set touchpoint_id = null, campaign_id = null, channel = 'unattributed', "
        "touch_position = null, touch_index = null, touch_count = 0, credit = 1.0000000001"
    )
    assert failed(run_suite(marts, table, MART_CHECKS[table], "mart")) == {}


def test_a_day_without_a_campaign_is_ordinary(
    marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    table = "attribution.campaign_days"
    marts.execute(f"update {table} set campaign_id = null")
    assert failed(run_suite(marts, table, MART_CHECKS[table], "mart")) == {}


@pytest.mark.parametrize("table", ["channel_days", "campaign_days", "model_comparison"])
def test_a_row_of_zeros_has_no_ratios(
    table: str, marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    relation = f"attribution.{table}"
    marts.execute(
        f"update {relation} set visits = 0, conversions = 0, purchases = 0, paid_conversions = 0, "
        "new_customers = 0, revenue = 0, cost = 0, roas = null, roi = null, "
        "conversion_rate = null, average_order_value = null, cost_per_conversion = null, "
        "new_customer_cac = null"
    )
    assert failed(run_suite(marts, relation, MART_CHECKS[relation], "mart")) == {}


def test_published_doubles_need_not_subtract_exactly(
    marts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    table = "customers.fct_orders"
    marts.execute(
        f"create or replace table {table} as select * replace (1e9::double + 0.1 as gross_revenue, "
        f"0.3e0 as refunded_value, 1e9::double - 0.2 as net_revenue) from {table}"
    )
    assert failed(run_suite(marts, table, MART_CHECKS[table], "mart")) == {}
