import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t

from python_assets.forecasting.conformal import bounds, offsets, origins_needed
from python_assets.forecasting.plan import Plan
from python_assets.forecasting.rolling import Steps

LEVELS = (0.5, 0.8, 0.95)


def _scores(values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float64).reshape(1, 1, -1)


def test_ranks_are_those_of_finite_samples():
    # 99 scores leave out 2.5, 10 and 25 of 100 places on each side.
    (low, high), origins = offsets(_scores(list(np.arange(-49.0, 50))), LEVELS)
    assert low.tolist() == [[-25, -40, -48]]
    assert high.tolist() == [[25, 40, 48]]
    assert origins.tolist() == [99]


@pytest.mark.parametrize("level", LEVELS)
def test_too_few_origins_have_no_interval(level: float):
    needed = origins_needed(level)
    (_, high), _ = offsets(_scores([1.0, -2] * needed)[:, :, :needed], (level,))
    assert high.tolist() == [[2 if needed > 1 else 1]]
    (low, high), _ = offsets(_scores([1.0] * (needed - 1)), (level,))
    assert np.isnan([*low[0], *high[0]]).all()


def test_bounds_are_lopsided_where_scores_are():
    scores = np.random.default_rng(1).exponential(1, 2_000) - 0.5
    (low, high), _ = offsets(_scores(list(scores)), (0.8,))
    assert low[0, 0] == pytest.approx(-np.log(1 / 0.9) * -1 - 0.5, abs=0.03)
    assert high[0, 0] == pytest.approx(np.log(10) - 0.5, abs=0.15)


def test_totals_that_overlap_are_bounded_wider():
    values = list(np.random.default_rng(2).normal(size=151))
    (_, plain), _ = offsets(_scores(values), LEVELS)
    (_, wider), _ = offsets(_scores(values), LEVELS, overlap=30)
    # 151 totals of 30 days go over 180 days: six do not overlap.
    for place, level in enumerate(LEVELS):
        share = (1 + level) / 2
        factor = t.ppf(share, 5) / norm.ppf(share)
        assert wider[0, place] == pytest.approx(plain[0, place] * factor)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(-1e3, 1e3), min_size=0, max_size=60),
    st.floats(0, 1e4),
    st.floats(0, 1e4),
    st.integers(1, 30),
)
def test_intervals_nest_hold_the_forecast_and_are_not_negative(
    values: list[float], forecast: float, size: float, overlap: int
):
    (low, high), _ = offsets(_scores(values), LEVELS, overlap)
    lower, upper = bounds(np.array([forecast]), np.array([size]), low, high)
    there = ~np.isnan(upper[0])
    assert (np.diff(upper[0][there]) >= 0).all()
    assert (np.diff(lower[0][there]) <= 0).all()
    assert ((lower[0][there] >= 0) & (lower[0][there] <= forecast)).all()
    assert (upper[0][there] >= forecast).all()


@pytest.mark.parametrize(("level", "seed"), [(0.5, 3), (0.8, 4), (0.95, 5)])
def test_independent_scores_are_covered_as_often_as_said(level: float, seed: int):
    # Exactly so for exchangeable scores, whatever their distribution: 4,000 trials of 50 scores.
    scores = np.random.default_rng(seed).standard_t(3, (4_000, 51)) + 0.3
    (low, high), _ = offsets(scores[:, None, :50], (level,))
    inside = ((scores[:, 50:] >= low) & (scores[:, 50:] <= high)).mean()
    rank = np.ceil(51 * (1 + level) / 2)
    expected = (2 * rank - 51) / 51
    assert inside == pytest.approx(expected, abs=4 * np.sqrt(level * (1 - level) / 4_000))


@pytest.mark.parametrize(
    ("horizon", "names"),
    [
        (5, ["1-5"]),
        (13, ["1-13"]),
        (14, ["1-7", "8-14"]),
        (30, ["1-7", "8-14", "15-21", "22-30"]),
    ],
)
def test_horizons_are_grouped_by_weeks(horizon: int, names: list[str]):
    groups = Steps(horizon, ()).groups
    assert [group.horizon for group in groups] == names
    assert [lead for group in groups for lead in group.leads] == list(range(1, horizon + 1))


@pytest.mark.parametrize("levels", [(), (0.0,), (1.0,), (0.5, 0.5)])
def test_levels_that_are_none_are_refused(levels: tuple[float, ...]):
    with pytest.raises(ValueError, match="different ones between 0 and 1"):
        Plan.of(30, (7,), levels, 12)


def test_no_days_and_no_weeks_are_refused():
    with pytest.raises(ValueError, match="1 or more each"):
        Plan.of(0, (7,), LEVELS, 12)
    with pytest.raises(ValueError, match="1 or more each"):
        Plan.of(7, (0,), LEVELS, 12)
    with pytest.raises(ValueError, match="0 weeks to evaluate"):
        Plan.of(7, (7,), LEVELS, 0)
    with pytest.raises(ValueError, match="different ones"):
        Plan.of(7, (7, 7), LEVELS, 12)
