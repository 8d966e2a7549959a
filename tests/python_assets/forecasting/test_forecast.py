"""What must hold of forecasts whatever the method, and what is said where there are none."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from python_assets.forecasting.errors import total_error, wape
from python_assets.forecasting.forecast import forecast
from python_assets.forecasting.methods import METHODS, seasonal_naive, weekday_level
from python_assets.forecasting.plan import Plan
from python_assets.forecasting.series import DailySeries, Floats
from python_assets.forecasting.trials import try_methods
from tests.python_assets.forecasting.samples import FIRST_DAY, series_of, simulated

WEEK = [10.0, 20, 30, 40, 50, 0, 5]
BOUNDS = ["lower_95", "lower_80", "lower_50", "forecast", "upper_50", "upper_80", "upper_95"]


def _numbers(frame: pd.DataFrame) -> Floats:
    return frame[BOUNDS].to_numpy()


# ---------------------------------------------------------------- algebra


def test_a_week_that_repeats_goes_on_exactly_and_surely():
    # The published case forecast_exact_weekly_pattern.
    forecasts, accuracy = forecast(series_of(np.tile(WEEK, 10)))
    days = forecasts[forecasts["period"] == "day"]
    assert days["forecast"].tolist() == pytest.approx(np.resize(WEEK, 30), abs=1e-6)
    totals = forecasts[forecasts["period"] == "total"].set_index("horizon_days")["forecast"]
    assert totals.to_dict() == pytest.approx({7: 155, 30: 4 * 155 + 30})
    for bound in BOUNDS:
        assert forecasts[bound].tolist() == pytest.approx(forecasts["forecast"], abs=1e-6)
    assert accuracy["wape"].tolist() == pytest.approx([0] * len(accuracy), abs=1e-12)
    assert (accuracy["coverage_95"].dropna() == 1).all()
    assert forecasts["why_not"].isna().all()


def test_intervals_nest_hold_the_forecast_and_are_not_negative():
    forecasts, _ = forecast(series_of(simulated(1, 20, 200, drift=0.05)))
    assert (np.diff(_numbers(forecasts), axis=1) >= 0).all()
    assert (forecasts["lower_95"] >= 0).all()


def test_totals_are_sums_of_days_and_their_bounds_are_not():
    forecasts, _ = forecast(series_of(simulated(2, 10, 250)), totals=(1, 7, 30))
    for _, rows in forecasts.groupby("series"):
        days, totals = (rows[rows["period"] == period] for period in ("day", "total"))
        sums = {length: days["forecast"].iloc[:length].sum() for length in (1, 7, 30)}
        totals = totals.set_index("horizon_days")
        assert totals["forecast"].to_dict() == pytest.approx(sums)
        # Errors of days offset each other.
        width = (days["upper_95"] - days["lower_95"]).sum()
        assert totals["upper_95"][30] - totals["lower_95"][30] < 0.7 * width


def test_money_in_another_unit_gives_the_same_in_that_unit():
    values = simulated(3, 6, 200)
    ours, theirs = (forecast(series_of(each)) for each in (values, 1e3 * values))
    assert _numbers(theirs.forecasts) == pytest.approx(1e3 * _numbers(ours.forecasts), rel=1e-9)
    same = ["origins", "days", "wape", "total_error", "coverage_50", "coverage_95", "is_used"]
    pd.testing.assert_frame_equal(ours.accuracy[same], theirs.accuracy[same])
    assert theirs.accuracy["bias"].tolist() == pytest.approx(1e3 * ours.accuracy["bias"])


def test_a_series_has_the_same_forecast_alone_and_in_any_order():
    values = simulated(4, 150, 120)
    values[3, :60] = np.nan
    together = series_of(values)
    order = np.random.default_rng(1).permutation(len(values))
    shuffled = replace(
        together, names=tuple(together.names[row] for row in order), values=values[order]
    )
    alone = together.rows(3, 4)
    everything, permuted = forecast(together), forecast(shuffled)
    for one, other in zip(everything, permuted, strict=True):
        key = ["series", "period", one.columns[one.columns.get_loc("period") + 1]]
        keys = [*key, "method", *(["horizon_days"] if "horizon_days" in one else [])]
        ordered = (frame.sort_values(keys, ignore_index=True) for frame in (one, other))
        pd.testing.assert_frame_equal(*ordered, check_exact=True)
    for one, other in zip(everything, forecast(alone), strict=True):
        mine = one[one["series"] == "series 3"].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, other, check_exact=True)


def test_closed_days_are_0_for_sure():
    is_open = np.ones(231, dtype=bool)
    is_open[[200, 206]] = False
    forecasts, _ = forecast(series_of(simulated(5, 3, 200), is_open))
    closed = forecasts[(forecasts["period"] == "day") & forecasts["horizon_days"].isin([1, 7])]
    assert not _numbers(closed).any()
    assert (forecasts[forecasts["horizon_days"] == 2]["forecast"] > 0).all()


# ---------------------------------------------------------------- past forecasts


def test_bounds_of_the_past_are_those_that_were_given_then():
    series = series_of(simulated(6, 4, 400))
    plan = Plan.of(30, (7, 30), (0.5, 0.95), 12)
    now = try_methods(series, plan)
    for weeks in (5, 9):
        days = series.days - 7 * weeks
        then = try_methods(series.until(days), plan)
        first = series.days - plan.evaluation_days
        for name, trial in then.by_method.items():
            targets = days - 1 + plan.steps.leads - first
            seen = [(step, day) for step, day in enumerate(targets) if 0 <= day < 84]
            assert seen
            steps, places = (list(side) for side in zip(*seen, strict=True))
            past = now.by_method[name]
            assert np.array_equal(past.past[:, steps, places], trial.rolling.ahead[:, steps])
            for old, new in (("lower", "lower_ahead"), ("upper", "upper_ahead")):
                given = getattr(trial.intervals, new)[:, steps]
                assert np.array_equal(getattr(past.intervals, old)[:, steps, places], given)


def test_accuracy_is_that_of_forecasts_made_one_by_one():
    values = simulated(7, 2, 150)
    series = series_of(values)
    _, accuracy = forecast(series, horizon_days=7, totals=(7,), evaluation_weeks=2)
    for name, method in METHODS.items():
        came, said, came_in_all, said_in_all = [], [], [], []
        for origin in range(150 - 14 - 6, 150):
            ahead = method(values[:1, :origin], series.is_open, 7)[0]
            days = [day for day in range(origin, origin + 7) if 136 <= day < 150]
            came += values[0, days].tolist()
            said += ahead[[day - origin for day in days]].tolist()
            if 136 <= origin + 6 < 150:
                came_in_all.append(values[0, origin : origin + 7].sum())
                said_in_all.append(ahead.sum())
        rows = accuracy[(accuracy["series"] == "series 0") & (accuracy["method"] == name)]
        rows = rows.set_index("horizon")
        assert rows["wape"].to_dict() == pytest.approx(
            {"1-7": wape(came, said), "total_7": wape(came_in_all, said_in_all)}
        )
        assert rows["total_error"]["1-7"] == pytest.approx(total_error(came, said))
        assert rows["bias"]["1-7"] == pytest.approx(np.mean(said) - np.mean(came))
        assert rows[["origins", "days"]].to_numpy().tolist() == [[20, 98], [14, 14]]
        assert rows["evaluated_from"].tolist() == [FIRST_DAY + dt.timedelta(days=136)] * 2
        assert rows["evaluated_to"].tolist() == [FIRST_DAY + dt.timedelta(days=149)] * 2


def test_intervals_cover_what_they_say_on_simulated_shops():
    _, accuracy = forecast(series_of(simulated(8, 150, 420)))
    used = accuracy[accuracy["is_used"]]
    for period, slack in (("day", 0.02), ("total", 0.05)):
        rows = used[used["period"] == period]
        for level in (50, 80, 95):
            # Neighbouring origins go together: a series is worth a few independent ones, not 84.
            assert rows[f"coverage_{level}"].mean() == pytest.approx(level / 100, abs=slack)


# ---------------------------------------------------------------- selection


def test_what_loses_to_the_baseline_on_a_series_is_not_used_there():
    values = simulated(9, 1, 200, drift=0)
    # A level that jumps at random every week: last week is worth more than eight.
    jumps = np.random.default_rng(2).lognormal(0, 1.5, 30).cumsum().repeat(7)[:200]
    forecasts, accuracy = forecast(series_of(np.stack([values[0], WEEK[2] * jumps])))
    methods = forecasts.groupby("series")["method"].unique().str[0]
    assert methods.to_dict() == {"series 0": "weekday_level", "series 1": "seasonal_naive"}
    day = accuracy[accuracy["period"] == "day"]
    error = day["wape"] * day["days"]
    assert (day["is_used"] == (day["method"] == day["series"].map(methods))).all()
    total = error.groupby([day["series"], day["method"]]).sum()
    for number, (better, worse) in enumerate(
        [("weekday_level", "seasonal_naive"), ("seasonal_naive", "weekday_level")]
    ):
        assert total[f"series {number}", better] < total[f"series {number}", worse]
    baseline = accuracy[accuracy["is_baseline"]]
    assert baseline["wape"].tolist() == baseline["wape_of_baseline"].tolist()


def test_another_method_is_one_function_more():
    oracle = {"seasonal_naive": seasonal_naive, "weekday_level": weekday_level}
    oracle["nothing"] = lambda history, _, horizon: np.zeros((len(history), horizon))
    forecasts, accuracy = forecast(series_of(simulated(10, 2, 100)), methods=oracle)
    assert set(accuracy["method"]) == set(oracle)
    assert set(forecasts["method"]) == {"weekday_level"}
    assert accuracy[accuracy["method"] == "nothing"]["wape"].tolist() == pytest.approx([1] * 12)
    with pytest.raises(ValueError, match="the baseline 'seasonal_naive' is none of the methods"):
        forecast(series_of(simulated(10, 1, 30)), methods={"weekday_level": weekday_level})


# ---------------------------------------------------------------- too little to say


def test_less_than_three_weeks_have_no_forecast_and_a_reason():
    values = np.full((4, 60), np.nan)
    values[0, 40:] = 5
    values[1] = np.where(np.arange(60) < 42, 0, 7)
    values[3, 39:] = 5
    forecasts, accuracy = forecast(series_of(values))
    for name, since in (
        ("series 0", "20 days since the first sale"),
        ("series 1", "18 days since the first sale"),
        ("series 2", "no values"),
    ):
        rows = forecasts[forecasts["series"] == name]
        assert len(rows) == 32
        assert rows[BOUNDS].isna().all(axis=None)
        assert set(rows["method"]) == {"none"}
        assert set(rows["why_not"]) == {f"{since}; 21 are needed"}
        assert name not in set(accuracy["series"])
    young = forecasts[forecasts["series"] == "series 3"]
    assert young["forecast"].tolist() == pytest.approx([5.0] * 30 + [35, 150])
    assert young["upper_50"].isna().all()
    assert "0 origins of this series could be scored; 1 are needed" in young["why_not"].iloc[0]


def test_a_wide_interval_needs_more_origins_than_a_narrow_one():
    forecasts, _ = forecast(series_of(simulated(11, 1, 21 + 17)))
    first = forecasts.iloc[0]
    assert first["upper_80"] > first["forecast"]
    assert np.isnan(first["upper_95"])
    assert first["why_not"] == (
        "14 origins of this series could be scored; 19 are needed for an interval of 95 %"
    )


def test_nothing_and_what_ended_are_forecast_as_0_and_said_to_be():
    ended = np.concatenate([np.full(60, 9.0), np.zeros(60)])
    forecasts, accuracy = forecast(series_of(np.stack([np.zeros(120), ended])))
    assert not _numbers(forecasts).any()
    assert set(forecasts["why_not"]) == {"nothing came in the last 8 weeks, so that 0 is forecast"}
    assert accuracy[accuracy["series"] == "series 0"]["wape"].isna().all()


def test_days_before_a_series_starts_change_nothing():
    values = simulated(12, 1, 90)
    early = np.concatenate([np.full((1, 100), np.nan), values], axis=1)
    zeros = np.nan_to_num(early)
    late = DailySeries(("series 0",), FIRST_DAY + dt.timedelta(100), values, np.ones(121, bool))
    expected = forecast(late)
    for other in (early, zeros):
        for one, same in zip(forecast(series_of(other)), expected, strict=True):
            pd.testing.assert_frame_equal(one, same, check_exact=True)


def test_no_series_have_no_forecasts():
    forecasts, accuracy = forecast(series_of(np.zeros((0, 50))))
    assert (len(forecasts), len(accuracy)) == (0, 0)
    assert {"series", "forecast", "lower_95", "why_not"} <= set(forecasts)


def test_levels_and_horizons_are_settings():
    series = series_of(simulated(13, 1, 120))
    forecasts, accuracy = forecast(series, horizon_days=10, totals=(19,), levels=(0.9, 0.6))
    assert forecasts["horizon_days"].tolist() == [*range(1, 11), 19]
    assert forecasts["forecast_date"].iloc[-1] == FIRST_DAY + dt.timedelta(days=120 + 18)
    assert [name for name in forecasts if "_60" in name or "_90" in name] == [
        "lower_60",
        "upper_60",
        "lower_90",
        "upper_90",
    ]
    assert set(accuracy["horizon"]) == {"1-10", "total_19"}
