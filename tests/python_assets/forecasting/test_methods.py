import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from python_assets.forecasting.methods import METHODS, Method, seasonal_naive, weekday_level
from python_assets.forecasting.series import Floats

EVERY = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
HISTORIES = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 4), st.integers(1, 70)), elements=st.floats(0, 1e6)
)


def _open(history: Floats, horizon: int = 30) -> np.ndarray:
    return np.ones(history.shape[1] + horizon, dtype=bool)


@EVERY
@settings(max_examples=40, deadline=None)
@given(history=HISTORIES, scale=st.floats(0.01, 100))
def test_forecasts_are_never_negative_and_scale_with_money(
    method: Method, history: Floats, scale: float
):
    forecast = method(history, _open(history), 30)
    assert (forecast >= 0).all()
    assert method(history * scale, _open(history), 30) == pytest.approx(
        forecast * scale, rel=1e-9, abs=1e-9
    )


@EVERY
@settings(max_examples=40, deadline=None)
@given(history=HISTORIES)
def test_a_series_alone_is_forecast_as_among_others_to_the_last_bit(
    method: Method, history: Floats
):
    together = method(history, _open(history), 30)
    alone = [method(history[row : row + 1], _open(history), 30)[0] for row in range(len(history))]
    assert np.array_equal(together, np.array(alone))
    assert np.array_equal(method(history[::-1], _open(history), 30), together[::-1])


@EVERY
def test_only_the_last_eight_weeks_matter(method: Method):
    history = np.random.default_rng(1).gamma(2, 50, (3, 100))
    changed = history.copy()
    changed[:, :44] = 0
    assert np.array_equal(*(method(one, _open(history), 30) for one in (history, changed)))


def test_the_level_follows_growth_and_the_week_keeps_its_shape():
    week = np.array([1.0, 2, 3, 4, 5, 6, 7])
    # Twice as much in the last four weeks: the profile is 1.5 weeks, and the level lies between
    # all that the four weeks say (2 / 1.5) and nothing of it.
    history = np.concatenate([np.tile(week, 4), np.tile(2 * week, 4)])[None, :]
    level = weekday_level(history, _open(history), 7)[0] / week
    assert level == pytest.approx(np.full(7, level[0]))
    # By hand: weights halve in 10 days, so that the older four weeks weigh 2 ** -2.8 of the others.
    older = 2**-2.8
    assert level[0] == pytest.approx((2 + older) / (1 + older))


def test_closed_days_are_forecast_as_0_and_tell_nothing():
    history = np.tile(np.arange(1.0, 8), 8)[None, :]
    is_open = _open(history)
    # Two weeks ago the shop was shut, and so will it be tomorrow.
    is_open[[42, 43, 44, 45, 46, 47, 48, 56]] = False
    shut = np.where(is_open[:56], history, 0)
    for method in METHODS.values():
        assert method(shut, is_open, 8)[0].tolist() == pytest.approx([0, 2, 3, 4, 5, 6, 7, 1])


def test_seasonal_naive_goes_back_to_the_latest_open_week():
    history = np.arange(1.0, 29)[None, :]
    is_open = _open(history)
    is_open[[21, 14, 22]] = False
    assert seasonal_naive(history, is_open, 4)[0].tolist() == [8, 16, 24, 25]


def test_a_weekday_that_sold_nothing_is_forecast_as_0():
    history = np.tile([4.0, 5, 6, 7, 8, 0, 0], 10)[None, :]
    assert weekday_level(history, _open(history), 7)[0].tolist() == pytest.approx(history[0, :7])


def test_more_given_back_than_bought_is_no_negative_forecast():
    history = np.full((1, 30), -5.0)
    for method in METHODS.values():
        assert not method(history, _open(history), 7).any()
