import datetime as dt

import numpy as np
import pytest

from python_assets.forecasting.series import DailySeries, first_sales, require_open_days
from tests.python_assets.forecasting.samples import FIRST_DAY, series_of

OPEN = np.ones(40, dtype=bool)
NAN = np.nan


def test_history_starts_with_the_first_sale():
    values = np.array([[NAN, 0, 0, 5, 0], [NAN, NAN, 0, 0, 0], [NAN] * 5, [1, 0, 0, 0, 0]])
    assert first_sales(values).tolist() == [3, 2, 5, 0]


def test_days_have_dates_also_when_they_are_to_come():
    series = series_of(np.ones(10))
    assert (series.date_of(0), series.date_of(40)) == (FIRST_DAY, dt.date(2024, 2, 10))


@pytest.mark.parametrize(
    ("names", "values", "message"),
    [
        (("a", "b"), np.ones((1, 5)), r"values of shape \(1, 5\) for 2 series"),
        (("a", "a"), np.ones((2, 5)), "series 'a' is there twice"),
        (("a",), np.ones((1, 0)), "values of no day"),
        (("a",), np.ones((1, 41)), r"is_open has shape \(40,\); 41 days have values"),
        (("a",), np.array([[NAN, 1, NAN]]), "series 'a' has nan on 2024-01-03"),
        (("a",), np.array([[1, np.inf]]), "series 'a' has inf on 2024-01-02"),
    ],
)
def test_what_is_no_series_is_refused(names: tuple[str, ...], values: np.ndarray, message: str):
    with pytest.raises(ValueError, match=message):
        DailySeries(names, FIRST_DAY, values, OPEN)


def test_a_closed_day_needs_no_value():
    is_open = OPEN.copy()
    is_open[1] = False
    assert DailySeries(("a",), FIRST_DAY, np.array([[1, NAN, 2.0]]), is_open).days == 3


def test_days_to_forecast_must_be_known_to_be_open_or_not():
    with pytest.raises(ValueError, match="is_open has 36 days; 5 with values and 32 to forecast"):
        require_open_days(series_of(np.ones(5)), 32)
