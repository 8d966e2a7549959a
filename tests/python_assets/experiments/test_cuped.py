"""Results without what the past foretells: published cases, and a regression."""

import numpy as np
import pytest
import statsmodels.api as sm

from python_assets.experiments.cuped import adjusted_means, adjusted_ratios
from python_assets.experiments.estimates import difference, interval, p_value
from python_assets.experiments.means import mean
from python_assets.experiments.moments import Moments
from python_assets.experiments.ratios import ratio
from tests.python_assets.experiments.samples import case, tea_moments, tea_users


@pytest.mark.parametrize("metric", ["orders", "revenue", "sessions"])
def test_adjusted_differences_are_as_published(metric: str):
    published = case(f"cuped.tea_users_{metric}")
    arms = tea_moments(metric, covariate=f"{metric}_covariate")
    adjusted = adjusted_means(*arms)
    raw = difference(*(mean(arm) for arm in arms))
    estimate = difference(adjusted.control, adjusted.treatment)
    found = {
        "raw_diff": raw.value,
        "raw_se": raw.standard_error,
        "raw_p": p_value(raw),
        "cuped_diff": estimate.value,
        "cuped_se": estimate.standard_error,
        "cuped_ci95": interval(estimate),
        "cuped_p": p_value(estimate),
        "var_reduction": adjusted.variance_reduction,
    }
    assert found.keys() == published["expected"].keys()
    for key, value in found.items():
        assert value == pytest.approx(published["expected"][key], **published["tolerance"]), key


def test_an_adjusted_ratio_is_as_published():
    published = case("cuped.tea_users_orders_per_session_ratio")
    expected, near = published["expected"], published["tolerance"]["rel"]
    past_orders, past_sessions = tea_users("orders_covariate"), tea_users("sessions_covariate")
    past = sum(x.sum() for x in past_orders) / sum(x.sum() for x in past_sessions)
    orders, sessions = tea_users("orders"), tea_users("sessions")
    arms = [
        Moments.from_units(orders[i], sessions[i], past_orders[i] - past * past_sessions[i])
        for i in (0, 1)
    ]
    adjusted = adjusted_ratios(*arms)
    estimate = difference(adjusted.control, adjusted.treatment)
    for tool in ("teatasting", "gbstats"):
        assert estimate.value == pytest.approx(expected[f"{tool}_diff"], rel=near)
        assert p_value(estimate) == pytest.approx(expected[f"{tool}_p"], rel=near)
    raw = difference(*(ratio(arm) for arm in arms))
    assert p_value(raw) == pytest.approx(expected["uncorrected_p"], rel=1e-6)


def test_it_is_nearly_a_regression_on_the_covariate():
    generator = np.random.default_rng(6)
    past = generator.gamma(2, 1, (2, 2_000))
    now = past + generator.normal(0, 1, (2, 2_000)) + [[0], [0.1]]
    adjusted = adjusted_means(*(Moments.from_units(now[i], 1, past[i]) for i in (0, 1)))
    estimate = difference(adjusted.control, adjusted.treatment)
    is_treated = np.repeat([0, 1], 2_000)
    fitted = sm.OLS(now.ravel(), np.column_stack([np.ones(4_000), is_treated, past.ravel()])).fit()
    assert estimate.value == pytest.approx(fitted.params[1], abs=0.002)
    assert estimate.standard_error == pytest.approx(fitted.bse[1], rel=0.01)


def test_a_covariate_that_says_nothing_changes_nothing():
    generator = np.random.default_rng(7)
    now, past = generator.normal(5, 1, (2, 5_000)), generator.normal(5, 1, (2, 5_000))
    arms = [Moments.from_units(now[i], 1, past[i]) for i in (0, 1)]
    adjusted = adjusted_means(*arms)
    assert adjusted.variance_reduction == pytest.approx(0, abs=0.002)


def test_swapping_arms_mirrors():
    arms = tea_moments("orders", covariate="orders_covariate")
    there, back = adjusted_means(*arms), adjusted_means(*arms[::-1])
    assert difference(*there[:2]).value == pytest.approx(-difference(*back[:2]).value)
    assert p_value(difference(*there[:2])) == pytest.approx(p_value(difference(*back[:2])))


@pytest.mark.parametrize("covariate", [np.nan, 3.0])
def test_without_a_covariate_that_varies_there_is_nothing(covariate: float):
    arms = [Moments.from_units([1, 2, 3], [1, 2, 2], covariate) for _ in range(2)]
    for adjusted in (adjusted_means(*arms), adjusted_ratios(*arms)):
        assert np.isnan(adjusted.variance_reduction)
        assert np.isnan(p_value(difference(adjusted.control, adjusted.treatment)))
