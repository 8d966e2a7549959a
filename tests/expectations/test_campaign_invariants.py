"""What the small shop's campaigns cost and brought, broken one at a time."""

import duckdb
import pytest

from expectations.campaign_invariants import CAMPAIGN_INVARIANTS
from expectations.gate import run_suite
from tests.expectations.campaign_shop import VIEWS

SPEND = "spend_equals_landed_spend"
RESULTS = "results_are_the_headline_models"
WINDOWS = "windows_agree_with_campaign_days"
ORPHAN = "campaign_id_is_in_dim_campaigns"
SESSIONS = "sessions_are_those_of_campaign_days"

_TWICE = "insert into {table} from {table} limit 1"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    (
        "; ".join(
            _TWICE.format(table=f"campaigns.{table}")
            for table in ("engagement_heatmap", "frequency", "leads", "social_posts", "returns")
        ),
        {
            (f"campaigns.{table}", "key_is_unique")
            for table in ("engagement_heatmap", "frequency", "leads", "social_posts", "returns")
        },
    ),
    (
        "insert into campaigns.campaign_days select * replace (0 as spend, 0 as sessions, "
        "0 as conversions, 0 as purchases, 0 as new_customers, 0 as revenue) "
        "from campaigns.campaign_days where campaign_id = 'c1' limit 1",
        {("campaigns.campaign_days", "key_is_unique")},
    ),
    (
        "insert into campaigns.leaderboard select * replace (4 as rank) "
        "from campaigns.leaderboard where campaign_id = 'google:brand'",
        {("campaigns.leaderboard", "key_is_unique")},
    ),
    (
        "insert into campaigns.creatives select * replace (0 as spend) from campaigns.creatives",
        {("campaigns.creatives", "key_is_unique")},
    ),
    (
        "insert into campaigns.funnel from campaigns.funnel where step = 'click' limit 1",
        {("campaigns.funnel", "key_is_unique")},
    ),
    (
        "insert into conversions.conversion_days select * replace (0 as conversions, 0 as value, "
        "0 as sessions) from conversions.conversion_days limit 1",
        {("conversions.conversion_days", "key_is_unique")},
    ),
    # Spend, of a campaign that nobody knows too.
    (
        "delete from campaigns.campaign_days where campaign_id is null; "
        "delete from campaigns.leaderboard where campaign_id is null",
        {("campaigns.campaign_days", SPEND)},
    ),
    (
        "update campaigns.campaign_days set date = date + 1 where campaign_id = 'google:brand'",
        {("campaigns.campaign_days", SPEND)},
    ),
    (
        "update campaigns.creatives set spend = spend - 5.5",
        {("campaigns.creatives", SPEND)},
    ),
    (
        "update campaigns.leaderboard set spend = 29 where campaign_id = 'c1'",
        {("campaigns.leaderboard", WINDOWS)},
    ),
    (
        "delete from campaigns.leaderboard where campaign_id is null",
        {("campaigns.leaderboard", WINDOWS)},
    ),
    # Results.
    (
        "update campaigns.campaign_days set new_customers = 2 where new_customers = 1",
        {("campaigns.campaign_days", RESULTS)},
    ),
    (
        "update campaigns.campaign_days set revenue = 91 where revenue = 90",
        {("campaigns.campaign_days", RESULTS), ("campaigns.leaderboard", WINDOWS)},
    ),
    (
        "update campaigns.leaderboard set rank = 1",
        {("campaigns.leaderboard", "every_place_is_taken_once")},
    ),
    # Steps and stages.
    (
        "update campaigns.funnel set count = 2 where step = 'cart' and campaign_id = 'c1'",
        {("campaigns.funnel", "sessions_never_rise_from_step_to_step")},
    ),
    (
        "update campaigns.funnel set count = count + 1 where step = 'session'",
        {("campaigns.funnel", SESSIONS)},
    ),
    (
        "update campaigns.funnel set count = null where step = 'purchase'",
        {("campaigns.funnel", SESSIONS)},
    ),
    (
        "insert into campaigns.leads select * replace ('converted' as stage, 4 as stage_index, "
        "3 as reached) from campaigns.leads",
        {("campaigns.leads", "leads_never_rise_from_stage_to_stage")},
    ),
    # Campaigns that do not exist.
    (
        "update campaigns.leads set campaign_id = 'c9'; "
        "insert into campaigns.campaign_days select * replace ('c9' as campaign_id, 0 as spend, "
        "null as sessions, 0 as conversions, 0 as purchases, 0 as new_customers, 0 as revenue, "
        "null as purchase_sessions, date '2026-02-01' as date) from campaigns.campaign_days "
        "where campaign_id = 'c1' limit 1; "
        "insert into campaigns.leaderboard select * replace (7 as window_days, 1 as rank, "
        "0 as spend, 0 as revenue, 'c9' as campaign_id, period_end as period_start) "
        "from campaigns.leaderboard where campaign_id = 'google:brand'; "
        "insert into campaigns.funnel select * replace ('30' as window_name, 'c9' as campaign_id) "
        "from campaigns.funnel where step = 'click' limit 1",
        {
            (f"campaigns.{table}", ORPHAN)
            for table in ("leads", "campaign_days", "leaderboard", "funnel")
        }
        | {("campaigns.leaderboard", WINDOWS)},
    ),
    # Conversions by day.
    (
        "update conversions.conversion_days set conversions = conversions + 1 where value = 50",
        {("conversions.conversion_days", "conversions_are_all_of_them")},
    ),
    (
        "update conversions.conversion_days set value = 51 where value = 50",
        {("conversions.conversion_days", "conversions_are_all_of_them")},
    ),
    (
        "delete from conversions.conversion_days where conversions = 0",
        {("conversions.conversion_days", "sessions_are_all_of_them")},
    ),
    (
        "update conversions.conversion_days set sessions = 2 where sessions = 1",
        {("conversions.conversion_days", "sessions_are_all_of_them")},
    ),
]


@pytest.fixture
def campaigns(shop: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The shop, with tables instead of views: what one is made from no longer changes it."""
    for view in VIEWS:
        shop.execute(f"create table copied as from {view}")
        shop.execute(f"drop view {view}")
        shop.execute(f"create table {view} as from copied")
        shop.execute("drop table copied")
    return shop


def _failed(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    results = [
        result
        for table, checks in CAMPAIGN_INVARIANTS.items()
        for result in run_suite(connection, table, checks, "invariant")
        if not result.passed
    ]
    assert all(result.refuses and result.offending_rows for result in results)
    return {(result.table_name, result.check_name) for result in results}


def test_all_hold_in_a_consistent_shop(campaigns: duckdb.DuckDBPyConnection):
    assert _failed(campaigns) == set()


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], campaigns: duckdb.DuckDBPyConnection
):
    campaigns.execute(statement)
    assert _failed(campaigns) == expected


def test_no_invariant_is_left_out():
    assert {name for _, expected in BREAKS for name in expected} == {
        (table, check.name) for table, checks in CAMPAIGN_INVARIANTS.items() for check in checks
    }
