"""Two rates: published cases, statsmodels, and what algebra says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from python_assets.experiments.estimates import (
    Value,
    difference,
    interval,
    p_value,
    relative_difference,
)
from python_assets.experiments.proportions import (
    katz_interval,
    newcombe_interval,
    pooled_z_test,
    proportion,
    wald_interval,
    wilson_interval,
)
from tests.python_assets.experiments.samples import case, cookie_cats

COUNTS = st.tuples(st.integers(10, 500), st.integers(501, 5_000))


def _counts(name: str) -> tuple[int, int, int, int]:
    inputs = case(name)["inputs"]
    keys = ("control_conversions", "control_n", "treat_conversions", "treat_n")
    return tuple(inputs[key] for key in keys)


@pytest.mark.parametrize("name", ["cc_r1", "cc_r7", "aspirin", "udacity"])
def test_differences_and_their_intervals_are_as_published(name: str):
    published = case(f"two_prop_z.{name}")
    expected, near = published["expected"], published["tolerance"]
    counts = _counts(f"two_prop_z.{name}")
    test = pooled_z_test(*counts)
    control, treatment = proportion(*counts[:2]), proportion(*counts[2:])
    lift = relative_difference(control, treatment)
    found = {
        "control_rate": control.value,
        "treat_rate": treatment.value,
        "abs_diff": test.value,
        "rel_lift": lift.value,
        "z_pooled": test.statistic,
        "p_two_sided_pooled": p_value(test),
        "chi2_no_yates": test.statistic**2,
        "diff_ci95_wald": wald_interval(*counts),
        "diff_ci95_newcombe": newcombe_interval(*counts),
        "ratio_ci95_katz_log": katz_interval(*counts),
    }
    for key, value in found.items():
        assert value == pytest.approx(expected[key], **near), key


@pytest.mark.parametrize("name", ["cc_r1", "cc_r7", "aspirin", "udacity"])
def test_with_degrees_of_freedom_they_are_those_of_another_tool(name: str):
    published = case(f"two_prop_z.{name}")
    expected, counts = published["expected"], _counts(f"two_prop_z.{name}")

    def arm(successes: int, units: int) -> Value:
        return proportion(successes, units)._replace(degrees_of_freedom=np.float64(units - 1))

    control, treatment = arm(*counts[:2]), arm(*counts[2:])
    lift = relative_difference(control, treatment)
    near = published["tolerance"]
    found = p_value(difference(control, treatment))
    assert found == pytest.approx(expected["gbstats_abs_p_welch_t"], **near)
    assert p_value(lift) == pytest.approx(expected["gbstats_rel_p"], **near)
    assert interval(lift) == pytest.approx(expected["gbstats_rel_ci95"], **near)


@pytest.mark.parametrize(("name", "column"), [("cc_r1", "retention_1"), ("cc_r7", "retention_7")])
def test_the_players_are_those_that_were_counted(name: str, column: str):
    counted = [(arm.sum(), len(arm)) for arm in cookie_cats(column)]
    assert sum(counted, ()) == _counts(f"two_prop_z.{name}")


def test_a_bootstrap_says_the_same():
    expected = case("bootstrap.cookie_r7")["expected"]
    near = case("bootstrap.cookie_r7")["tolerance"]
    counts = _counts("two_prop_z.cc_r7")
    generator = np.random.default_rng(5)
    # Drawing units that converted or not, with replacement, is a binomial draw.
    control, treatment = (
        generator.binomial(units, successes / units, 20_000) / units
        for successes, units in (counts[:2], counts[2:])
    )
    drawn = np.quantile(treatment - control, [0.025, 0.975])
    assert wald_interval(*counts) == pytest.approx(expected["diff_ci95"], abs=1e-12)
    assert drawn == pytest.approx(expected["diff_ci95"], abs=near["ci"])
    better = (control > treatment).mean()
    assert better == pytest.approx(expected["p_gate30_better"], abs=near["p"])


# ---------------------------------------------------------------- second opinions


@settings(max_examples=25, deadline=None)
@given(COUNTS, COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_statsmodels_says_the_same(
    control: tuple[int, int], treatment: tuple[int, int], level: float
):
    counts = (*control, *treatment)
    z, p = proportions_ztest([treatment[0], control[0]], [treatment[1], control[1]])
    assert pooled_z_test(*counts).statistic == pytest.approx(z, rel=1e-9, abs=1e-12)
    assert p_value(pooled_z_test(*counts)) == pytest.approx(p, rel=1e-9)
    for method, ours in (("newcomb", newcombe_interval), ("wald", wald_interval)):
        theirs = confint_proportions_2indep(
            *treatment, *control, method=method, compare="diff", alpha=1 - level
        )
        assert ours(*counts, level) == pytest.approx(theirs, rel=1e-9, abs=1e-12)
    theirs = confint_proportions_2indep(
        *treatment, *control, method="log", compare="ratio", alpha=1 - level
    )
    assert katz_interval(*counts, level) == pytest.approx(theirs, rel=1e-9)
    theirs = proportion_confint(*control, alpha=1 - level, method="wilson")
    assert wilson_interval(*control, level) == pytest.approx(theirs, rel=1e-9)


def test_it_is_the_chi_square_test_without_correction():
    table = [[10, 90], [25, 75]]
    assert p_value(pooled_z_test(10, 100, 25, 100)) == pytest.approx(
        chi2_contingency(table, correction=False).pvalue, rel=1e-12
    )


# ---------------------------------------------------------------- what has to hold


@settings(max_examples=30, deadline=None)
@given(COUNTS, COUNTS)
def test_swapping_arms_mirrors(control: tuple[int, int], treatment: tuple[int, int]):
    there, back = (*control, *treatment), (*treatment, *control)
    assert p_value(pooled_z_test(*there)) == pytest.approx(p_value(pooled_z_test(*back)))
    for of in (newcombe_interval, wald_interval):
        lower, upper = of(*back)
        assert of(*there) == pytest.approx((-upper, -lower), rel=1e-9, abs=1e-12)
    lower, upper = katz_interval(*back)
    assert katz_interval(*there) == pytest.approx((1 / upper, 1 / lower), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(COUNTS, COUNTS)
def test_intervals_of_higher_levels_hold_those_of_lower_ones(
    control: tuple[int, int], treatment: tuple[int, int]
):
    levels = np.array([0.5, 0.8, 0.9, 0.95, 0.99])
    for of in (newcombe_interval, wald_interval, katz_interval):
        bounds = of(*control, *treatment, levels)
        assert (np.diff(bounds.lower) < 0).all()
        assert (np.diff(bounds.upper) > 0).all()


def test_newcombe_stays_within_what_is_possible():
    bounds = newcombe_interval([0, 10, 0], [10, 10, 10], [10, 0, 0], [10, 10, 10])
    assert (bounds.lower >= -1).all()
    assert (bounds.upper <= 1).all()
    assert bounds.lower[2] == pytest.approx(-bounds.upper[2])


def test_without_units_or_conversions_there_is_nothing_rather_than_a_number():
    assert np.isnan(p_value(pooled_z_test(0, 0, 5, 10)))
    assert np.isnan(p_value(pooled_z_test(0, 10, 0, 10)))
    assert np.isnan(katz_interval(0, 10, 5, 10)).all()
    assert np.isnan(newcombe_interval(0, 0, 5, 10)).all()
