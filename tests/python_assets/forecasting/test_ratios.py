import numpy as np
import pytest

from python_assets.forecasting.forecast import forecast
from python_assets.forecasting.ratios import forecast_ratios
from tests.python_assets.forecasting.samples import series_of, simulated

BOUNDS = ["lower_95", "lower_80", "lower_50", "forecast", "upper_50", "upper_80", "upper_95"]


def test_a_ratio_is_that_of_the_totals():
    revenue, spend = (series_of(simulated(seed, 5, 200)) for seed in (1, 2))
    ratios = forecast_ratios(revenue, spend)
    parts = [forecast(series).forecasts.query("period == 'total'") for series in (revenue, spend)]
    expected = parts[0]["forecast"].to_numpy() / parts[1]["forecast"].to_numpy()
    assert ratios["forecast"].tolist() == pytest.approx(expected)
    assert list(ratios) == list(parts[0])
    assert ratios["horizon_days"].tolist() == [7, 30] * 5
    assert (np.diff(ratios[BOUNDS].to_numpy(), axis=1) >= 0).all()
    assert ratios["method"].iloc[0] == "weekday_level / weekday_level"


def test_parts_that_go_together_have_a_sure_ratio():
    spend = simulated(3, 2, 200, drift=0.05)
    ratios = forecast_ratios(series_of(4 * spend), series_of(spend))
    for bound in BOUNDS:
        assert ratios[bound].tolist() == pytest.approx([4.0] * 4)


def test_units_of_money_change_the_ratio_as_they_should():
    revenue, spend = simulated(4, 2, 150), simulated(5, 2, 150)
    one = forecast_ratios(series_of(revenue), series_of(spend))[BOUNDS].to_numpy()
    other = forecast_ratios(series_of(10 * revenue), series_of(5 * spend))[BOUNDS].to_numpy()
    assert other == pytest.approx(2 * one)


def test_without_a_denominator_or_history_there_is_no_ratio():
    revenue, spend = np.full((3, 100), 8.0), np.full((3, 100), 2.0)
    spend[1] = 0
    spend[2, :90] = np.nan
    ratios = forecast_ratios(series_of(revenue), series_of(spend), totals=(7,))
    assert ratios["forecast"].tolist() == pytest.approx([4.0, np.nan, np.nan], nan_ok=True)
    assert ratios["method"].tolist()[1:] == ["none", "none"]
    assert ratios["why_not"].tolist() == [
        None,
        "the denominator is forecast as 0, so that there is no ratio",
        "10 days since the first sale; 21 are needed",
    ]
    assert ratios[BOUNDS].iloc[1:].isna().all(axis=None)


def test_intervals_of_ratios_cover_what_they_say():
    days, count = 330, 300
    revenue, spend = simulated(6, count, days), simulated(7, count, days)
    known = days - 30
    ratios = forecast_ratios(
        series_of(revenue[:, :known]), series_of(spend[:, :known]), totals=(30,)
    )
    came = revenue[:, known:].sum(axis=1) / spend[:, known:].sum(axis=1)
    for level in (50, 80, 95):
        inside = ratios[f"lower_{level}"].le(came) & ratios[f"upper_{level}"].ge(came)
        share = level / 100
        # Four standard errors of 300 series, and what overlapping totals cost.
        slack = 0.02 + 4 * np.sqrt(share * (1 - share) / count)
        assert inside.mean() == pytest.approx(share, abs=slack)


def test_series_must_match():
    with pytest.raises(ValueError, match="the same names, in order, and days"):
        forecast_ratios(series_of(np.ones((2, 50))), series_of(np.ones((2, 51))))
