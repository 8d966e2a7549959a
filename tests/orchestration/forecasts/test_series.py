"""Days of SQL become series: what is missing is 0 only where the shop could have sold."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from orchestration.forecasts.outlook import Outlook
from orchestration.forecasts.series import daily_series
from orchestration.workspace.forecast_settings import ForecastSettings

DAY = dt.date(2026, 3, 31)


def outlook(setting: object = DAY, **settings: object) -> Outlook:
    return Outlook.of(DAY, setting, ForecastSettings.model_validate(settings))


def days(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["series", "date", "revenue"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


def test_missing_days_are_zeros_from_the_first_on():
    landed = days(("a", "2026-03-28", 5), ("a", "2026-03-30", 7), ("b", "2026-03-30", 1))
    series = daily_series(landed, "revenue", ["a", "b", "c"], outlook(), 2)
    assert series.first_day == dt.date(2026, 3, 28)
    expected = [[5, 0, 7, 0], [np.nan, np.nan, 1, 0], [np.nan] * 4]
    np.testing.assert_array_equal(series.values, expected)
    assert len(series.is_open) == 6


def test_today_is_not_over_and_another_day_is():
    landed = days(("a", "2026-03-30", 5), ("a", "2026-03-31", 1))
    today = daily_series(landed, "revenue", ["a"], outlook("today"), 1)
    np.testing.assert_array_equal(today.values, [[5]])
    for setting in (DAY, "latest"):
        series = daily_series(landed, "revenue", ["a"], outlook(setting), 1)
        np.testing.assert_array_equal(series.values, [[5, 1]])


def test_nothing_landed_is_a_series_without_values():
    series = daily_series(days(), "revenue", ["all"], outlook(), 3)
    assert (series.days, series.first_day) == (1, DAY)
    np.testing.assert_array_equal(series.values, [[np.nan]])


def test_closed_days_come_from_the_settings():
    # 2026-03-31 is a Tuesday; Good Friday and Easter Monday are English holidays.
    looking = outlook(
        closed_weekdays=["sunday"],
        closed_dates=["2026-04-01"],
        holiday_country="gb",
        holiday_subdivision="ENG",
    )
    is_open = looking.is_open(dt.date(2026, 3, 31), 7)
    dates = [dt.date(2026, 3, 31) + dt.timedelta(days=number) for number in range(8)]
    closed = [date.day for date, open_ in zip(dates, is_open, strict=True) if not open_]
    assert closed == [1, 3, 5, 6]


@pytest.mark.parametrize(
    ("day", "end"), [("2026-02-01", 28), ("2026-12-31", 31), ("2024-02-29", 29), ("2026-04-30", 30)]
)
def test_a_month_ends_on_its_last_day(day: str, end: int):
    as_of = dt.date.fromisoformat(day)
    month_end = Outlook.of(as_of, as_of, ForecastSettings()).month_end
    assert (month_end.month, month_end.day) == (as_of.month, end)
