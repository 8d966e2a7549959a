"""What was published stays, and is held against what came."""

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from orchestration.described_tables import replace_table
from orchestration.forecasts.outlook import Outlook
from orchestration.forecasts.past import published_forecasts, score_past
from orchestration.forecasts.tables import PAST_REVENUE, REVENUE, TABLES
from orchestration.workspace.forecast_settings import ForecastSettings
from orchestration.workspace.paths import Workspace

FIRST, SECOND, THIRD = (dt.date(2026, 3, day) for day in (1, 2, 3))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "warehouse").mkdir()
    return Workspace(tmp_path)


def forecasts(as_of: dt.date, **columns: object) -> pd.DataFrame:
    """Three days of 10, within 8 and 12."""
    bounds = {name: 8.0 if name.startswith("lower") else 12.0 for name in TABLES[REVENUE].columns}
    dates = [as_of + dt.timedelta(days=ahead) for ahead in (1, 2, 3)]
    fields = {
        **bounds,
        "as_of": as_of,
        "series": "all",
        "period": "day",
        "forecast_date": dates,
        "horizon_days": [1, 2, 3],
        "forecast": 10.0,
        "method": "weekday_level",
        "why_not": None,
        **columns,
    }
    return pd.DataFrame(fields)


def publish(workspace: Workspace, **tables: pd.DataFrame) -> None:
    workspace.published_database.unlink(missing_ok=True)
    with duckdb.connect(str(workspace.published_database)) as connection:
        for name, frame in tables.items():
            table = f"forecasts.{name}"
            replace_table(connection, table, TABLES[table], frame)


def kept(workspace: Workspace, as_of: dt.date) -> pd.DataFrame:
    with duckdb.connect() as connection:
        return published_forecasts(connection, workspace, as_of)


def test_nothing_was_published_yet(workspace: Workspace):
    assert kept(workspace, FIRST).empty
    outlook = Outlook.of(FIRST, FIRST, ForecastSettings())
    assert score_past(pd.DataFrame(), pd.DataFrame(), outlook).empty


def test_a_file_of_a_version_without_forecasts_has_none(workspace: Workspace):
    with duckdb.connect(str(workspace.published_database)) as connection:
        connection.execute("create schema forecasts; create table main.revenue (as_of date)")
    assert kept(workspace, FIRST).empty


def test_what_was_told_on_every_earlier_day_is_kept(workspace: Workspace):
    publish(workspace, revenue=forecasts(SECOND), past_revenue=forecasts(FIRST))
    past = kept(workspace, THIRD)
    assert past["as_of"].dt.date.tolist() == [FIRST] * 3 + [SECOND] * 3
    assert list(past.columns) == list(TABLES[PAST_REVENUE].columns)


def test_the_same_day_again_replaces_what_it_told(workspace: Workspace):
    publish(workspace, revenue=forecasts(SECOND), past_revenue=forecasts(FIRST))
    assert set(kept(workspace, SECOND)["as_of"].dt.date) == {FIRST}


def test_an_interval_that_is_no_longer_asked_for_is_kept_with_what_it_said(workspace: Workspace):
    publish(
        workspace, revenue=forecasts(SECOND), past_revenue=forecasts(FIRST, lower_90=7, upper_90=13)
    )
    past = kept(workspace, THIRD)
    assert past["lower_90"].isna().tolist() == [False] * 3 + [True] * 3


def test_only_days_that_are_over_are_scored():
    came = pd.DataFrame(
        {"series": "all", "date": pd.to_datetime([FIRST, SECOND, THIRD]), "revenue": [9, 11, 20]}
    )
    past = forecasts(FIRST).assign(as_of=pd.Timestamp(FIRST))
    outlook = Outlook.of(THIRD, THIRD, ForecastSettings())
    (scored,) = score_past(past, came, outlook).to_dict("records")
    # By hand: 10 was said; 11 came, within 8 and 12, and 20, which is not.
    assert (scored["days"], scored["evidence"]) == (2, "published")
    assert scored["wape"] == pytest.approx((1 + 10) / 31)
    assert scored["coverage_80"] == 0.5
