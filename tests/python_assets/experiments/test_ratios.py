"""The delta method: published cases, the bootstrap, clustered clicks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.experiments.estimates import as_lift, difference, interval, log_ratio, p_value
from python_assets.experiments.means import mean
from python_assets.experiments.moments import Moments
from python_assets.experiments.proportions import pooled_z_test
from python_assets.experiments.ratios import ratio
from tests.python_assets.experiments.samples import case, tea_moments


def test_orders_per_session_are_as_published():
    published = case("delta_or_mean.tea_users_orders_per_session")
    arms = [ratio(arm) for arm in tea_moments("orders", "sessions")]
    expected, near = published["expected"], published["tolerance"]
    assert arms[0].value == pytest.approx(expected["control"], **near)
    assert arms[1].value == pytest.approx(expected["treat"], **near)
    assert arms[1].value / arms[0].value - 1 == pytest.approx(expected["rel_lift"], **near)
    assert p_value(difference(*arms)) == pytest.approx(expected["p"], **near)
    assert as_lift(interval(log_ratio(*arms))) == pytest.approx(expected["rel_ci95_log"], **near)


def test_clicks_of_one_user_are_not_independent_and_the_delta_method_knows():
    published = case("delta_ratio.aa_fpr_clustered_ctr")
    repetitions = 1_500
    generator = np.random.default_rng(21)
    shape = (2, repetitions, 1_000)
    impressions = 1 + generator.poisson(8, shape)
    clicks = generator.binomial(impressions, generator.beta(2, 38, shape))
    sums = Moments.from_units(clicks, impressions)
    arms = [Moments(**{name: total[side] for name, total in vars(sums).items()}) for side in (0, 1)]
    naive = pooled_z_test(
        arms[0].numerator, arms[0].denominator, arms[1].numerator, arms[1].denominator
    )
    found = {
        "naive_impression_z_fpr": (p_value(naive) < 0.05).mean(),
        "delta_fpr": (p_value(difference(ratio(arms[0]), ratio(arms[1]))) < 0.05).mean(),
    }
    # Fewer repetitions than the 4,000 of the case: two of their standard errors more.
    near = published["tolerance"]["abs"] + 2 * np.sqrt(0.05 * 0.95 / repetitions)
    assert found == pytest.approx(published["expected"], abs=near)
    assert found["naive_impression_z_fpr"] > 0.05 + 0.005
    assert 0.038 - 0.011 < found["delta_fpr"] < 0.062 + 0.011


def test_its_standard_error_is_that_of_a_bootstrap():
    generator = np.random.default_rng(8)
    sessions = 1 + generator.poisson(3, 800)
    revenue = sessions * generator.gamma(2, 10, 800)
    drawn = generator.integers(0, 800, (2_000, 800))
    spread = (revenue[drawn].sum(axis=1) / sessions[drawn].sum(axis=1)).std()
    error = np.sqrt(ratio(Moments.from_units(revenue, sessions)).variance)
    assert error == pytest.approx(spread, rel=0.05)


def test_over_a_constant_denominator_it_is_a_mean():
    spend = np.random.default_rng(4).gamma(2, 10, 50)
    of_two, of_one = ratio(Moments.from_units(spend, 2.0)), mean(Moments.from_units(spend))
    assert of_two.value == pytest.approx(of_one.value / 2)
    assert of_two.variance == pytest.approx(of_one.variance / 4)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 1000))
def test_the_unit_of_money_does_not_matter(seed: int, factor: float):
    generator = np.random.default_rng(seed)
    spend, clicks = generator.gamma(2, 1, (2, 30)), 1 + generator.poisson(3, (2, 30))
    before = difference(*(ratio(Moments.from_units(spend[i], clicks[i])) for i in (0, 1)))
    after = difference(*(ratio(Moments.from_units(factor * spend[i], clicks[i])) for i in (0, 1)))
    assert after.value == pytest.approx(factor * before.value, rel=1e-9)
    assert p_value(after) == pytest.approx(p_value(before), rel=1e-6)


def test_numerators_in_proportion_to_denominators_do_not_vary():
    arm = ratio(Moments.from_units([0.1, 0.2, 0.7], [1, 2, 7]))
    assert arm.variance == 0


def test_without_denominator_there_is_no_ratio():
    arm = ratio(Moments.from_units([1, 2], [0, 0]))
    assert np.isnan([arm.value, arm.variance]).all()
