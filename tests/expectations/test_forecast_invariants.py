"""The small shop of forecasts in `forecasts_rows.py`, broken one at a time."""

import duckdb
import pytest

from expectations.attribution_queries import CAMPAIGN_DAYS, CAMPAIGNS
from expectations.forecast_invariants import FORECAST_INVARIANTS
from expectations.forecast_queries import BUDGET_PACING
from expectations.gate import run_mart_gate, run_suite
from tests.expectations.conftest import FailedChecks
from tests.expectations.marts.forecasts_rows import SHOP

TABLES = [*FORECAST_INVARIANTS]
BUILT_BEFORE = [CAMPAIGNS, CAMPAIGN_DAYS]

# Two campaigns, neither of which has spent anything in the month.
CAMPAIGNS_OF_THE_SHOP = """
    create schema campaigns;
    create schema attribution;
    create table campaigns.dim_campaigns as
        from (values ('c1'), ('google:brand')) as t(campaign_id);
    create table attribution.campaign_days (
        campaign_id varchar, attribution_model varchar, date date, cost double
    );
"""

DAYS = "no_day_is_left_out"
TOTALS = "totals_are_those_of_their_days"
ONE_DAY = "all_look_ahead_from_one_day"
RUN = "is_of_the_same_run_as_revenue"
METHOD = "the_method_used_is_that_of_revenue"
LOSES = "no_method_is_used_that_loses"
SPENT = "spent_agrees_with_campaign_days"

_TWICE = "insert into forecasts.{table} from forecasts.{table} where {row}"
_DAY = "period = 'day' and series = 'channel:email'"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    (
        "; ".join(
            _TWICE.format(table=table, row=row)
            for table, row in (
                ("revenue", f"horizon_days = 3 and {_DAY}"),
                ("past_revenue", f"horizon_days = 3 and {_DAY}"),
                ("accuracy", "horizon = 'total_2'"),
                ("past_accuracy", "true"),
                ("campaign_spend", "measure = 'roas'"),
                ("budget_pacing", "true"),
            )
        ),
        {(table.split(".")[1], "key_is_unique") for table in FORECAST_INVARIANTS},
    ),
    # Days and totals.
    (
        f"delete from forecasts.revenue where horizon_days = 3 and {_DAY}; "
        f"delete from forecasts.past_revenue where {_DAY}",
        {("revenue", DAYS), ("past_revenue", DAYS)},
    ),
    (
        f"delete from forecasts.revenue where horizon_days = 1 and {_DAY}; "
        "delete from forecasts.past_revenue where horizon_days = 2 and period = 'day'",
        {("revenue", DAYS), ("past_revenue", DAYS)},
    ),
    (
        f"update forecasts.revenue set forecast = 96 where horizon_days = 1 and {_DAY}; "
        f"update forecasts.past_revenue set forecast = 94 where horizon_days = 1 and {_DAY}",
        {("revenue", TOTALS), ("past_revenue", TOTALS)},
    ),
    (
        "update forecasts.revenue set forecast = null, method = 'none', why_not = 'no values', "
        "lower_50 = null, upper_50 = null, lower_80 = null, upper_80 = null, lower_95 = null, "
        "upper_95 = null where horizon_days = 2 and period = 'total' and series = 'channel:email'",
        {("revenue", TOTALS), ("revenue", "one_method_forecasts_a_series")},
    ),
    (
        f"update forecasts.revenue set forecast_date = forecast_date - 1 where {_DAY}; "
        f"update forecasts.past_revenue set forecast_date = forecast_date + 1 where {_DAY}; "
        "update forecasts.campaign_spend set forecast_date = forecast_date - 1 "
        "where measure = 'roas'",
        {(table, ONE_DAY) for table in ("revenue", "past_revenue", "campaign_spend")},
    ),
    (
        "update forecasts.revenue set series = 'channel:sms' where series = 'all'; "
        "delete from forecasts.accuracy",
        {("revenue", "everything_is_forecast")},
    ),
    # Runs.
    (
        "update forecasts.past_revenue set as_of = as_of + 10, forecast_date = forecast_date + 10",
        {("past_revenue", "is_of_other_runs")},
    ),
    (
        "update forecasts.accuracy set as_of = as_of + 1; "
        "update forecasts.past_accuracy set as_of = as_of + 1; "
        "update forecasts.budget_pacing set as_of = as_of + 1; "
        "update forecasts.campaign_spend "
        "set as_of = as_of + 1, forecast_date = forecast_date + 1",
        {
            (table, RUN)
            for table in ("accuracy", "past_accuracy", "budget_pacing", "campaign_spend")
        },
    ),
    # Methods.
    (
        "update forecasts.accuracy set is_used = false",
        {("accuracy", "one_method_is_used"), ("accuracy", METHOD)},
    ),
    (
        "update forecasts.accuracy set is_used = true where horizon = 'total_2'",
        {("accuracy", "one_method_is_used"), ("accuracy", METHOD)},
    ),
    (
        "update forecasts.accuracy set is_used = not is_used",
        {("accuracy", METHOD)},
    ),
    (
        "update forecasts.accuracy set wape = 0.21 where is_used and period = 'day'",
        {("accuracy", LOSES)},
    ),
    # Campaigns.
    (
        "update forecasts.campaign_spend set campaign_id = 'c9'; "
        "update forecasts.budget_pacing set campaign_id = 'c9'",
        {
            ("campaign_spend", "campaign_id_is_in_dim_campaigns"),
            ("budget_pacing", "campaign_id_is_in_dim_campaigns"),
        },
    ),
    (
        "update forecasts.campaign_spend set forecast = 110 where measure = 'revenue'",
        {("campaign_spend", "roas_is_revenue_by_spend")},
    ),
    (
        "update forecasts.budget_pacing set spent = 5, projected = 35, difference = -65, "
        "difference_share = -0.65",
        {("budget_pacing", SPENT)},
    ),
]


@pytest.fixture
def forecasts(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute(CAMPAIGNS_OF_THE_SHOP)
    connection.execute(SHOP)
    return connection


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], forecasts: duckdb.DuckDBPyConnection
):
    forecasts.execute(statement)
    results = [
        result for result in run_mart_gate(forecasts, TABLES, BUILT_BEFORE) if not result.passed
    ]
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.refuses and result.offending_rows for result in results)


def test_no_invariant_is_left_out():
    broken = {name for _, expected in BREAKS for name in expected}
    assert broken == {
        (table.split(".")[1], check.name)
        for table, checks in FORECAST_INVARIANTS.items()
        for check in checks
    }


def test_all_hold_in_a_consistent_shop(forecasts: duckdb.DuckDBPyConnection, failed: FailedChecks):
    assert failed(run_mart_gate(forecasts, TABLES, BUILT_BEFORE)) == {}


# Whether the run's day, the 20th, is over nobody says.
@pytest.mark.parametrize(
    ("campaign", "date", "expected"),
    [
        ("c1", "2026-02-28", []),
        ("c1", "2026-03-01", [SPENT]),
        ("google:brand", "2026-03-19", [SPENT]),
        ("c1", "2026-03-20", []),
        ("c1", "2026-03-21", []),
    ],
)
def test_what_was_spent_in_the_month_is_in_its_pacing(
    campaign: str,
    date: str,
    expected: list[str],
    forecasts: duckdb.DuckDBPyConnection,
    failed: FailedChecks,
):
    forecasts.execute(
        "insert into attribution.campaign_days values ($1, 'last_non_direct', $2, 5)",
        [campaign, date],
    )
    checks = FORECAST_INVARIANTS[BUDGET_PACING]
    assert list(failed(run_suite(forecasts, BUDGET_PACING, checks, "invariant"))) == expected


def test_before_the_first_sale_there_is_a_row_that_says_so(
    forecasts: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    for table in FORECAST_INVARIANTS:
        if table != "forecasts.revenue":
            forecasts.execute(f"delete from {table}")
    forecasts.execute(
        "delete from forecasts.revenue where series <> 'all'; "
        "update forecasts.revenue set forecast = null, method = 'none', why_not = 'no values', "
        "lower_50 = null, upper_50 = null, lower_80 = null, upper_80 = null, lower_95 = null, "
        "upper_95 = null"
    )
    assert failed(run_mart_gate(forecasts, TABLES, BUILT_BEFORE)) == {}
