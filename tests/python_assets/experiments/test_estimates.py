"""Differences, lifts and their calibration under no effect."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from python_assets.experiments.estimates import (
    Estimate,
    Value,
    as_lift,
    critical_value,
    difference,
    interval,
    log_ratio,
    p_value,
    relative_difference,
    two_sided_p_value,
)
from python_assets.experiments.proportions import pooled_z_test, proportion
from tests.python_assets.experiments.samples import case

VALUES = st.builds(
    Value, st.floats(0.1, 100), st.floats(0.001, 1), st.sampled_from([5.0, 100.0, np.inf])
)
NULLS = {"p0.01_n2000": (0.01, 2000), "p0.01_n10000": (0.01, 10000)} | {
    "p0.05_n2000": (0.05, 2000),
    "p0.02_n50000": (0.02, 50000),
}


def _tails(estimate: Estimate) -> list[float]:
    z = estimate.statistic
    return [float((z < -1.96).mean()), float((z > 1.96).mean())]


@pytest.mark.parametrize("name", NULLS)
def test_decisions_on_the_absolute_and_the_log_scale_are_even_and_those_on_the_lift_are_not(
    name: str,
):
    published = case(f"calibration.relative_vs_absolute.h0_{name}")
    rate, units = NULLS[name]
    generator = np.random.default_rng(11)
    drawn = generator.binomial(units, rate, (2, 400_000))
    control, treatment = (proportion(successes, units) for successes in drawn)
    found = {
        "abs_unpooled": _tails(difference(control, treatment)),
        "pooled": _tails(pooled_z_test(drawn[0], units, drawn[1], units)),
        "relative_delta_gb": _tails(relative_difference(control, treatment)),
        "log_ratio": _tails(log_ratio(control, treatment)),
    }
    for key, tails in found.items():
        expected = published["expected"][key]
        assert tails == pytest.approx(expected, abs=published["tolerance"]["abs"]), key


def test_intervals_of_the_log_ratio_miss_as_often_on_both_sides():
    published = case("calibration.relative_ci_coverage")
    inputs = published["inputs"]
    generator = np.random.default_rng(12)
    rates = np.array([inputs["p"], inputs["p"] * (1 + inputs["true_lift"])])
    drawn = generator.binomial(inputs["n"], rates[:, None], (2, 200_000))
    control, treatment = (proportion(successes, inputs["n"]) for successes in drawn)
    bounds = {
        "delta": interval(relative_difference(control, treatment)),
        "log": as_lift(interval(log_ratio(control, treatment))),
    }
    for key, (lower, upper) in bounds.items():
        misses = [(lower > inputs["true_lift"]).mean(), (upper < inputs["true_lift"]).mean()]
        expected = [published["expected"][key][side] for side in ("low_miss", "high_miss")]
        assert misses == pytest.approx(expected, abs=published["tolerance"]["abs"]), key


def test_distributions_are_those_of_scipy():
    t, degrees = np.array([0.5, -2.0, 40.0]), np.array([3.0, 50.5, 1e5])
    assert two_sided_p_value(t, degrees) == pytest.approx(2 * stats.t.sf(np.abs(t), degrees))
    assert critical_value(0.9, degrees) == pytest.approx(stats.t.ppf(0.95, degrees))
    assert critical_value([0.5, 0.99]) == pytest.approx(stats.norm.ppf([0.75, 0.995]))


@settings(max_examples=50, deadline=None)
@given(VALUES, VALUES)
def test_swapping_arms_mirrors(control: Value, treatment: Value):
    for of in (difference, log_ratio):
        there, back = of(control, treatment), of(treatment, control)
        assert there.value == pytest.approx(-back.value)
        assert p_value(there) == pytest.approx(p_value(back))
        lower, upper = interval(back, 0.9)
        assert interval(there, 0.9) == pytest.approx((-upper, -lower))


@settings(max_examples=50, deadline=None)
@given(VALUES, VALUES, st.floats(0.01, 1000))
def test_the_unit_of_money_scales_differences_and_leaves_lifts(
    control: Value, treatment: Value, factor: float
):
    def scaled(value: Value) -> Value:
        return value._replace(value=value.value * factor, variance=value.variance * factor**2)

    before, after = difference(control, treatment), difference(scaled(control), scaled(treatment))
    assert after.value == pytest.approx(before.value * factor, rel=1e-9, abs=1e-9)
    assert p_value(after) == pytest.approx(p_value(before))
    lifts = (interval(log_ratio(a, b)) for a, b in ((control, treatment),))
    theirs = interval(log_ratio(scaled(control), scaled(treatment)))
    assert theirs == pytest.approx(next(lifts), rel=1e-6, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(VALUES, VALUES)
def test_an_interval_excludes_0_where_the_p_value_is_below_its_level(
    control: Value, treatment: Value
):
    estimate = difference(control, treatment)
    for level in (0.5, 0.9, 0.99):
        lower, upper = interval(estimate, level)
        assert ((lower > 0) | (upper < 0)) == (p_value(estimate) < 1 - level)


def test_what_does_not_vary_has_neither_interval_nor_p_value():
    still = Value(np.array([0.1, 0.1]), np.zeros(2), np.full(2, 9.0))
    moved = still._replace(value=np.array([0.1, 0.2]))
    estimate = difference(still, moved)
    assert np.isnan(p_value(estimate)).all()
    assert np.isnan(interval(estimate)).all()


def test_there_is_no_lift_over_0_or_less():
    zero, some = (
        Value(np.float64(0), np.float64(1), np.inf),
        Value(np.float64(1), np.float64(1), np.inf),
    )
    minus = some._replace(value=np.float64(-1))
    for control in (zero, minus):
        assert np.isnan(as_lift(interval(log_ratio(control, some)))).all()
