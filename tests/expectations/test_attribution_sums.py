"""The small shop of `shop.py`, its credits and the marts that add them up broken one at a time."""

import duckdb
import pytest

from expectations.attribution_queries import FIGURES
from expectations.campaign_invariants import CAMPAIGN_INVARIANTS
from expectations.checks import CheckResult
from expectations.gate import run_mart_gate
from expectations.invariants import INVARIANTS
from tests.expectations.conftest import FailedChecks
from tests.expectations.shop import MARTS

# What campaigns brought is broken in `test_campaign_invariants.py`.
TABLES = [table for table in INVARIANTS if table not in CAMPAIGN_INVARIANTS]

COST = "cost_equals_landed_spend"
CREDITS = "credits_add_up_to_conversions"
AGREES = "agrees_with_channel_days"

NOTHING = ", ".join(f"0 as {figure}" for figure in FIGURES)

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    # The same key once more, with nothing in it that would be counted twice.
    (
        "insert into attribution.channel_days "
        f"select * replace ({NOTHING}) from attribution.channel_days limit 1",
        {("channel_days", "key_is_unique")},
    ),
    (
        f"insert into attribution.campaign_days select * replace ({NOTHING}) "
        "from attribution.campaign_days where campaign_id is null limit 1",
        {("campaign_days", "key_is_unique")},
    ),
    (
        "insert into attribution.model_comparison "
        f"select * replace ({NOTHING}) from attribution.model_comparison limit 1",
        {("model_comparison", "key_is_unique")},
    ),
    (
        "insert into campaigns.dim_campaigns "
        "from campaigns.dim_campaigns where campaign_id = 'mail'",
        {("dim_campaigns", "key_is_unique")},
    ),
    # Landed, but in no mart.
    (
        "insert into staging.stg_marketing__costs values ('2026-01-03', null, 0.01)",
        {("channel_days", COST), ("campaign_days", COST)},
    ),
    # In the marts, but on another day than it landed.
    (
        "update staging.stg_marketing__costs set cost_date = '2026-01-03' where currency is null",
        {("channel_days", COST), ("campaign_days", COST)},
    ),
    # Spend that one model lost.
    (
        "update attribution.channel_days set cost = 0 where attribution_model = 'markov' "
        "and channel = 'paid_search'",
        {("channel_days", COST), ("campaign_days", AGREES), ("model_comparison", AGREES)},
    ),
    (
        "delete from attribution.campaign_days where campaign_id is null and cost > 0",
        {("campaign_days", COST), ("campaign_days", AGREES)},
    ),
    (
        "update attribution.model_comparison set cost = 7.1 where channel = 'paid_search'",
        {("model_comparison", AGREES)},
    ),
    (
        "update attribution.model_comparison set visits = 2 where channel = 'email'",
        {("model_comparison", AGREES)},
    ),
    # What a channel has too much another has too little: only the totals are right.
    (
        "update attribution.model_comparison set conversions = 2 * (channel = 'email')::int "
        "where channel <> 'paid_search'",
        {("model_comparison", AGREES)},
    ),
    (
        "update attribution.channel_days set conversions = conversions + 0.001 "
        "where attribution_model = 'linear' and conversions > 0",
        {("channel_days", CREDITS), ("campaign_days", AGREES), ("model_comparison", AGREES)},
    ),
    (
        "update attribution.campaign_days set revenue = revenue - 0.001 "
        "where attribution_model = 'shapley' and revenue > 0",
        {("campaign_days", CREDITS), ("campaign_days", AGREES)},
    ),
    (
        "update attribution.model_comparison set revenue = null "
        "where attribution_model = 'shapley'",
        {("model_comparison", CREDITS), ("model_comparison", AGREES)},
    ),
    # All marts lack the same credits, or a whole model.
    (
        f"delete from figures where campaign_id is null and conversions > 0; {MARTS}",
        {("channel_days", CREDITS), ("campaign_days", CREDITS), ("model_comparison", CREDITS)},
    ),
    (
        f"delete from figures where attribution_model = 'markov'; {MARTS}",
        {
            ("channel_days", COST),
            ("channel_days", CREDITS),
            ("campaign_days", COST),
            ("campaign_days", CREDITS),
            ("model_comparison", CREDITS),
        },
    ),
    (
        "update campaigns.dim_campaigns set spend = 29.99 where campaign_id = 'c1'",
        {("dim_campaigns", "spend_agrees_with_campaign_days")},
    ),
    (
        "delete from campaigns.dim_campaigns where campaign_id = 'google:brand'",
        {
            ("campaign_days", "campaign_id_is_in_dim_campaigns"),
            ("dim_campaigns", "spend_agrees_with_campaign_days"),
        },
    ),
    # Credited as before, although nobody wants it any more; or not, although somebody does.
    (
        "update workspace.goals set is_attributed = false",
        {("channel_days", CREDITS), ("campaign_days", CREDITS), ("model_comparison", CREDITS)},
    ),
    (
        "update workspace.goals set is_attributed = true",
        {
            ("fct_credits", "credits_of_a_conversion_add_up"),
            ("fct_credits", "every_conversion_is_credited"),
            ("channel_days", CREDITS),
            ("campaign_days", CREDITS),
            ("model_comparison", CREDITS),
        },
    ),
]


def _failed(results: list[CheckResult]) -> list[CheckResult]:
    return [result for result in results if not result.passed]


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_add_up_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], shop: duckdb.DuckDBPyConnection
):
    shop.execute(statement)
    results = _failed(run_mart_gate(shop, TABLES))
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.refuses and result.offending_rows for result in results)


def test_spend_that_differs_is_shown_by_day_and_model(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute(
        "delete from attribution.channel_days where attribution_model = 'markov' "
        "and channel = 'paid_search'"
    )
    results = failed(run_mart_gate(shop, TABLES))
    assert results[COST].offending_rows == [
        {
            "date": "2026-01-02",
            "attribution_model": "markov",
            "landed_spend": 7.0,
            "published_spend": None,
        }
    ]


def test_credits_that_differ_are_shown_by_model(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute(
        "update figures set revenue = 91 where revenue = 90 and attribution_model = 'linear'; "
        f"{MARTS}"
    )
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == [CREDITS]
    assert results[CREDITS].offending_rows == [
        {
            "attribution_model": "linear",
            "conversions": 2,
            "credited_conversions": 2.0,
            "revenue": 140.0,
            "credited_revenue": 141.0,
        }
    ]


def test_a_conversion_without_a_value_is_credited_without_one(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute("update conversions.fct_conversions set value = null where order_id = 'o2'")
    shop.execute(
        "update attribution.fct_credits set credited_value = null where touchpoint_id = 's2'"
    )
    shop.execute(f"update figures set revenue = 0 where revenue = 50; {MARTS}")
    shop.execute("delete from customers.fct_orders where order_id = 'o2'")
    shop.execute("delete from journeys.fct_journey_events where order_id = 'o2'")
    shop.execute("update conversions.fct_conversions set order_id = null where order_id = 'o2'")
    results = failed(run_mart_gate(shop, TABLES))
    assert list(results) == ["value_in_own_currency_is_known"]
    assert not results["value_in_own_currency_is_known"].refuses


def test_sums_of_doubles_need_not_be_exact(shop: duckdb.DuckDBPyConnection, failed: FailedChecks):
    shop.execute("update figures set revenue = revenue + 1e-9 where revenue > 0")
    shop.execute("update figures set cost = cost + 1e-7 where cost > 0")
    shop.execute(MARTS)
    assert failed(run_mart_gate(shop, TABLES)) == {}
