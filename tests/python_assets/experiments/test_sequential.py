"""Always-valid inference: published cases, peeking simulated, what has to hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.experiments.estimates import (
    Estimate,
    difference,
    interval,
    p_value,
    relative_difference,
)
from python_assets.experiments.proportions import pooled_z_test, proportion
from python_assets.experiments.sequential import (
    always_valid_p_value,
    confidence_sequence,
    mixing_scale,
    msprt_p_value,
)
from tests.python_assets.experiments.samples import case

ESTIMATES = st.builds(
    Estimate, st.floats(-1, 1), st.floats(0.01, 1).map(np.float64), st.just(np.inf)
)


def test_a_difference_that_one_look_finds_is_not_always_valid_as_published():
    published = case("sequential.cookie_r7_waudby_smith")
    inputs, near = published["inputs"], published["tolerance"]
    control, treatment = proportion(*inputs["control"]), proportion(*inputs["treat"])
    units = inputs["control"][1] + inputs["treat"][1]
    absolute, lift = difference(control, treatment), relative_difference(control, treatment)
    few, many = (0.95, inputs["N_star"]), (0.95, 90_000)
    found = {
        "rho": mixing_scale(*few),
        "abs_ci95": confidence_sequence(absolute, units, *few),
        "abs_p": always_valid_p_value(absolute, units, *few),
        "rel_ci95": confidence_sequence(lift, units, *few),
        "rel_p": always_valid_p_value(lift, units, *few),
        "rel_ci95_Nstar90000": confidence_sequence(lift, units, *many),
        "rel_p_Nstar90000": always_valid_p_value(lift, units, *many),
        "fixed_p": p_value(pooled_z_test(*inputs["control"], *inputs["treat"])),
    }
    assert found.keys() == published["expected"].keys()
    for key, value in found.items():
        assert value == pytest.approx(published["expected"][key], **near), key


def test_the_mixture_ratio_test_is_as_published():
    published = case("sequential.msprt_closed_form")
    inputs = published["inputs"]
    found = msprt_p_value(
        inputs["pt"] - inputs["pc"], inputs["V"], inputs["n_per_arm"], inputs["tau2"]
    )
    assert found == pytest.approx(published["expected"]["p"], **published["tolerance"])


def test_the_mixture_ratio_test_is_the_confidence_sequence():
    published = case("sequential.msprt_equals_waudby_smith")
    d, v, n = (published["inputs"][key] for key in ("d", "V", "n"))
    tau2 = published["inputs"]["tau2"]
    estimate = Estimate(np.float64(d), np.sqrt(v / n), np.float64(np.inf))
    expected = pytest.approx(published["expected"]["p"], **published["tolerance"])
    assert msprt_p_value(d, v, n, tau2) == expected
    assert always_valid_p_value(estimate, n) == expected
    assert mixing_scale() ** 2 * v == pytest.approx(tau2)


# ---------------------------------------------------------------- peeking


def test_looking_again_and_again_finds_what_is_not_there_as_published():
    published = case("sequential.peeking_inflation_armitage")
    looks, repetitions = published["inputs"]["looks"], 60_000
    generator = np.random.default_rng(31)
    total = np.cumsum(generator.standard_normal((repetitions, looks[-1]), np.float32), axis=1)
    z = np.abs(total) / np.sqrt(np.arange(1, looks[-1] + 1))
    has_found = np.maximum.accumulate(z, axis=1) > published["inputs"]["z"]
    noise = 2 * np.sqrt(0.25 / repetitions)
    for look in looks:
        share = has_found[:, look - 1].mean()
        expected = published["expected"]["published"][str(look)]
        assert share == pytest.approx(expected, abs=published["tolerance"]["abs"] + noise), look


def _ever_below(p: np.ndarray, alpha: float = 0.05) -> np.ndarray:
    return np.minimum.accumulate(p, axis=1) < alpha


def test_sixty_daily_peeks_break_the_fixed_horizon_and_not_the_sequence():
    published = case("sequential.aa_60_daily_peeks")
    inputs, expected = published["inputs"], published["expected"]
    shape = (4_000, inputs["days"])
    generator = np.random.default_rng(32)
    units = inputs["users_per_arm_day"] * np.arange(1, inputs["days"] + 1)

    def arm(rate: float) -> np.ndarray:
        return generator.binomial(inputs["users_per_arm_day"], rate, shape).cumsum(axis=1)

    control, same, better = arm(0.05), arm(0.05), arm(0.05 * 1.15)

    def always(treatment: np.ndarray) -> np.ndarray:
        estimate = difference(proportion(control, units), proportion(treatment, units))
        return always_valid_p_value(estimate, 2 * units)

    stops = _ever_below(always(better))
    found = {
        "naive_fpr": _ever_below(p_value(pooled_z_test(control, units, same, units)))[:, -1].mean(),
        "seq_fpr_N5000": _ever_below(always(same))[:, -1].mean(),
        "power_fixed_plus15pct": (p_value(pooled_z_test(control, units, better, units)) < 0.05)[
            :, -1
        ].mean(),
        "power_seq": stops[:, -1].mean(),
    }
    near = published["tolerance"]["abs"] + 2 * np.sqrt(0.25 / shape[0])
    assert found == pytest.approx({key: expected[key] for key in found}, abs=near)
    assert found["naive_fpr"] > 0.25
    assert found["seq_fpr_N5000"] <= 0.05
    days = stops[stops[:, -1]].argmax(axis=1) + 1
    assert np.median(days) == pytest.approx(expected["median_stop_day"], abs=2)


# ---------------------------------------------------------------- what has to hold


@settings(max_examples=40, deadline=None)
@given(ESTIMATES, st.floats(2, 1e7), st.floats(100, 1e6))
def test_always_valid_is_wider_than_one_look_and_its_p_value_larger(
    estimate: Estimate, units: float, tuning: float
):
    once, always = interval(estimate), confidence_sequence(estimate, units, 0.95, tuning)
    assert always.lower < once.lower
    assert always.upper > once.upper
    assert always_valid_p_value(estimate, units, 0.95, tuning) >= p_value(estimate)


@settings(max_examples=40, deadline=None)
@given(ESTIMATES, st.floats(2, 1e7), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_sequence_excludes_0_where_its_p_value_is_below_its_level(
    estimate: Estimate, units: float, level: float
):
    lower, upper = confidence_sequence(estimate, units, level)
    is_below = always_valid_p_value(estimate, units, level) < 1 - level
    assert ((lower > 0) | (upper < 0)) == is_below


@settings(max_examples=20, deadline=None)
@given(ESTIMATES, st.floats(2, 1e7))
def test_swapping_arms_mirrors_and_levels_nest(estimate: Estimate, units: float):
    back = estimate._replace(value=-estimate.value)
    lower, upper = confidence_sequence(back, units)
    assert confidence_sequence(estimate, units) == pytest.approx((-upper, -lower))
    assert always_valid_p_value(estimate, units) == always_valid_p_value(back, units)
    levels = np.array([0.5, 0.9, 0.95, 0.99])
    bounds = confidence_sequence(estimate, units, levels)
    assert (np.diff(bounds.lower) < 0).all()
    assert (np.diff(bounds.upper) > 0).all()


def test_without_variation_or_units_there_is_nothing():
    still = Estimate(np.zeros(2), np.array([0.0, 1.0]), np.full(2, np.inf))
    bounds = confidence_sequence(still, np.array([10, 0]))
    assert np.isnan(bounds).all()
    assert np.isnan(always_valid_p_value(still, np.array([10, 0]))[0])
