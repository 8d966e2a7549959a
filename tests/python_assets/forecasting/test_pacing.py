import numpy as np
import pandas as pd
import pytest

from python_assets.forecasting.forecast import forecast
from python_assets.forecasting.pacing import pace_budgets
from tests.python_assets.forecasting.samples import series_of, simulated


def _paced(planned: list[float], spent: list[float], remaining: list[float]) -> pd.DataFrame:
    rest = np.array(remaining)
    return pace_budgets(
        planned=np.array(planned),
        spent=np.array(spent),
        remaining=rest,
        remaining_lower=0.8 * rest,
        remaining_upper=1.5 * rest,
    )


def test_over_under_and_on_track():
    paced = _paced([100, 100, 100, 100], [70, 30, 60, 60], [50, 20, 30, 50])
    assert paced["projected"].tolist() == [120, 50, 90, 110]
    assert paced["difference"].tolist() == [20, -50, -10, 10]
    # A tenth off is still on track.
    assert paced["status"].tolist() == ["over", "under", "on_track", "on_track"]
    assert paced["projected_lower"].tolist() == pytest.approx([110, 46, 84, 100])
    assert paced["projected_upper"].tolist() == pytest.approx([145, 60, 105, 135])
    assert paced["difference_share"].tolist() == pytest.approx([0.2, -0.5, -0.1, 0.1])


def test_what_is_not_known_is_said():
    paced = _paced([np.nan, 100, 0], [10, 10, 5], [5, np.nan, 0])
    assert paced["status"].tolist() == ["unknown", "unknown", "over"]
    assert paced["why_not"].tolist() == [
        "no budget is planned",
        "there is no forecast of the days that are left",
        None,
    ]


def test_the_rest_of_a_month_is_a_total_of_its_own():
    forecasts, _ = forecast(series_of(simulated(1, 3, 150)), totals=(11,))
    rest = forecasts[forecasts["period"] == "total"]
    paced = pace_budgets(
        planned=np.full(3, 5_000.0),
        spent=np.full(3, 100.0),
        remaining=rest["forecast"].to_numpy(),
        remaining_lower=rest["lower_80"].to_numpy(),
        remaining_upper=rest["upper_80"].to_numpy(),
    )
    assert (paced["projected_lower"] < paced["projected"]).all()
    assert (paced["projected"] < paced["projected_upper"]).all()


def test_negative_budgets_are_refused():
    with pytest.raises(ValueError, match="0 or more are accepted"):
        _paced([-1], [0], [0])
