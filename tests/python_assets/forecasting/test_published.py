import datetime as dt

import numpy as np
import pandas as pd
import pytest

from python_assets.forecasting.forecast import forecast
from python_assets.forecasting.published import score_published
from python_assets.forecasting.series import DailySeries
from tests.python_assets.forecasting.samples import FIRST_DAY, series_of, simulated


def _actuals(series: DailySeries) -> pd.DataFrame:
    dates = [series.date_of(day) for day in range(series.days)]
    frames = [
        pd.DataFrame({"series": name, "date": dates, "value": values})
        for name, values in zip(series.names, series.values, strict=True)
    ]
    return pd.concat(frames, ignore_index=True)


def _published(series: DailySeries, origin: int) -> pd.DataFrame:
    return forecast(series.until(origin)).forecasts.assign(as_of=series.date_of(origin))


def test_published_forecasts_are_scored_as_rolling_origins_are():
    series = series_of(simulated(1, 2, 160))
    # Totals that end in the last week, from the seven origins before.
    past = pd.concat([_published(series, origin) for origin in range(147, 154)])
    scored = score_published(past, _actuals(series)).query("horizon == 'total_7'")
    rolling = forecast(series, evaluation_weeks=1).accuracy
    rolling = rolling.query("is_used and horizon == 'total_7'")
    assert set(rolling["method"]) == {"weekday_level"}
    numbers = ["origins", "days", "wape", "total_error", "bias", "wape_of_baseline"]
    assert scored[numbers].to_numpy() == pytest.approx(rolling[numbers].to_numpy())
    assert list(scored) == list(rolling)
    assert set(scored["evidence"]) == {"published"}
    dates = ["evaluated_from", "evaluated_to"]
    assert scored[dates].to_numpy().tolist() == rolling[dates].to_numpy().tolist()


def test_by_hand():
    day = dt.date(2024, 3, 10)
    past = pd.DataFrame(
        {
            "as_of": day,
            "series": "all",
            "period": ["day", "day", "day", "total"],
            "forecast_date": [day, day + dt.timedelta(1), day + dt.timedelta(2), day],
            "horizon_days": [1, 2, 3, 1],
            "forecast": [10.0, 20, 30, 10],
            "lower_50": [9.0, 15, np.nan, 5],
            "upper_50": [11.0, 19, np.nan, 9],
            "method": "weekday_level",
        }
    )
    dates = [day - dt.timedelta(7) + dt.timedelta(n) for n in range(9)]
    values = [11.0, 12, 13, 14, 15, 16, 17, 8, 20]
    actuals = pd.DataFrame({"series": "all", "date": dates, "value": values})
    days, total = score_published(past, actuals).to_dict("records")
    # The third day has not come yet. Last week sold 11 and 12.
    assert (days["horizon"], days["days"], days["origins"]) == ("1-3", 2, 1)
    assert days["wape"] == pytest.approx(2 / 28)
    assert days["bias"] == pytest.approx(1)
    assert days["coverage_50"] == 0
    assert days["wape_of_baseline"] == pytest.approx((3 + 8) / 28)
    assert days["evaluated_to"] == day + dt.timedelta(1)
    assert (total["horizon"], total["total_error"]) == ("total_1", pytest.approx(0.25))
    assert total["coverage_50"] == 1


def test_what_has_not_come_or_was_not_forecast_is_not_scored():
    series = series_of(simulated(2, 1, 100))
    past = _published(series, 100)
    assert score_published(past, _actuals(series)).empty
    short = series_of(np.ones(30))
    assert score_published(_published(short, 15), _actuals(short)).empty
    assert score_published(past, _actuals(series).iloc[:0]).empty
    # A total of which one day is missing.
    actuals = _actuals(series)
    late = _published(series, 60)
    gap = actuals[actuals["date"] != FIRST_DAY + dt.timedelta(days=62)]
    scored = score_published(late, gap)
    assert set(scored["period"]) == {"day"}
    assert scored["days"].sum() == 29


def test_a_day_with_two_values_is_refused():
    series = series_of(np.ones(40))
    twice = pd.concat([_actuals(series)] * 2)
    with pytest.raises(ValueError, match="series 'series 0' has two values for 2024-01-01"):
        score_published(_published(series, 30), twice)
