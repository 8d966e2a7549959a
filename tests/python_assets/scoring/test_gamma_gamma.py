"""Gamma-Gamma: published numbers, the gradient, and what must hold of any model and fit."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.scoring import gamma_gamma
from python_assets.scoring.gamma_gamma import (
    GammaGamma,
    NoFitError,
    Spenders,
    expected_value,
    mean_log_likelihood,
)
from tests.python_assets.scoring.samples import (
    CALIBRATION_END,
    case,
    cdnow_at,
    cdnow_summary,
    numeric_gradient,
    spenders,
)

SUMMARY = "lifetimes_cdnow_customers_summary_with_transactions.csv"
MODELS = st.builds(GammaGamma, p=st.floats(0.1, 50), q=st.floats(1.05, 50), v=st.floats(0.1, 1e4))


# ---------------------------------------------------------------- published numbers


def test_cdnow_fits_as_published():
    published = case("gamma_gamma_cdnow_params")
    customers = cdnow_summary(SUMMARY).query("x > 0")
    assert len(customers) == published["inputs"]["n"]
    model = gamma_gamma.fit(customers["x"], customers["mean_value"], np.ones(len(customers)))
    expected = [published["expected"][name] for name in ("p", "q", "v")]
    assert astuple(model) == pytest.approx(expected, abs=published["tolerance"]["abs"])


def test_customers_are_expected_to_spend_as_published():
    published = case("gamma_gamma_expected_spend")
    customers = cdnow_summary(SUMMARY).head(10)
    model = GammaGamma(**published["inputs"]["params"])
    expected = expected_value(model, customers["x"], customers["mean_value"])
    assert expected == pytest.approx(published["expected"], abs=published["tolerance"]["abs"])


def test_cdnow_transactions_give_the_published_values():
    published = case("cdnow_monetary_describe")["expected"]
    described = cdnow_at(CALIBRATION_END)["mean_value"].describe().round()
    names = {"median": "50%"}
    assert {name: described[names.get(name, name)] for name in published} == published


# ---------------------------------------------------------------- what holds of any model


@settings(max_examples=60, deadline=None)
@given(MODELS, st.integers(1, 500), st.floats(0.01, 1e5))
def test_an_expected_value_lies_between_the_own_mean_and_that_of_all(
    model: GammaGamma, purchases: int, mean_value: float
):
    expected = expected_value(model, purchases, mean_value)
    of_all = expected_value(model, 0, 0)
    assert of_all == pytest.approx(model.p * model.v / (model.q - 1))
    assert min(of_all, mean_value) * (1 - 1e-9) <= expected
    assert expected <= max(of_all, mean_value) * (1 + 1e-9)


def test_without_repeat_purchases_their_value_is_of_no_account():
    model = GammaGamma(6.25, 3.74, 15.44)
    assert len(set(expected_value(model, 0, [0, 99, np.nan]).tolist())) == 1


@settings(max_examples=60, deadline=None)
@given(MODELS)
def test_the_gradient_is_that_of_finite_differences(model: GammaGamma):
    purchases, values = spenders(2, 50, p=6, q=4, v=15)
    objective = mean_log_likelihood(Spenders.of(purchases, values, np.arange(50)))
    parameters = np.array(astuple(model))
    _, gradient = objective(parameters)
    expected = numeric_gradient(objective, parameters) * parameters
    assert gradient * parameters == pytest.approx(expected, rel=1e-5, abs=1e-4)


def test_the_likelihood_is_a_density():
    values = np.linspace(1e-3, 5_000, 400_001)
    model = np.array([6.25, 3.74, 15.44])
    dense = [
        np.exp(mean_log_likelihood(Spenders.of([3], [value], [1]))(model)[0])
        for value in values[::200]
    ]
    assert np.trapezoid(dense, values[::200]) == pytest.approx(1, abs=1e-3)


# ---------------------------------------------------------------- what holds of any fit


def test_the_parameters_of_simulated_buyers_are_found_again():
    model = gamma_gamma.fit(*spenders(1, 20_000, p=6, q=4, v=15), np.ones(20_000))
    assert astuple(model) == pytest.approx((6, 4, 15), rel=0.1)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_weights_are_repetitions(seed: int):
    # With orders of one buyer as alike as at p = 6, one sample of 1,000 in 40 has no fit.
    purchases, values = spenders(seed, 2_000, p=2, q=4, v=15)
    weights = np.random.default_rng(seed).integers(0, 4, 2_000)
    model = gamma_gamma.fit(purchases, values, weights)
    repeated = (np.repeat(purchases, weights), np.repeat(values, weights))
    same = gamma_gamma.fit(*repeated, np.ones(weights.sum()))
    assert astuple(model) == pytest.approx(astuple(same), rel=1e-4)


@settings(max_examples=5, deadline=None)
@given(st.floats(1e-3, 1e6))
def test_the_currency_scales_v_only(factor: float):
    purchases, values = spenders(1, 2_000, p=6, q=4, v=15)
    model = gamma_gamma.fit(purchases, values, np.ones(2_000))
    scaled = gamma_gamma.fit(purchases, values * factor, np.ones(2_000))
    expected = (model.p, model.q, model.v * factor)
    assert astuple(scaled) == pytest.approx(expected, rel=1e-4)


def test_two_fits_are_equal_to_the_last_bit():
    arguments = (*spenders(1, 2_000, p=6, q=4, v=15), np.ones(2_000))
    assert gamma_gamma.fit(*arguments) == gamma_gamma.fit(*arguments)


# ---------------------------------------------------------------- no fit


def test_a_mean_of_all_that_is_infinite_is_refused():
    arguments = spenders(1, 5_000, p=6, q=0.7, v=15)
    with pytest.raises(NoFitError, match=r"q is 0\.\d\d; over 1 is needed"):
        gamma_gamma.fit(*arguments, np.ones(5_000))


def test_one_price_for_all_tells_nothing_of_differences():
    with pytest.raises(NoFitError, match="the data do not say how"):
        gamma_gamma.fit(np.arange(1, 101) % 7 + 1, np.full(100, 20.0), np.ones(100))


def test_one_buyer_is_no_fit():
    with pytest.raises(NoFitError):
        gamma_gamma.fit([1], [20.0], [1])


def test_no_buyers_are_no_fit():
    with pytest.raises(NoFitError, match="no customers with repeat purchases"):
        gamma_gamma.fit([], [], [])


@pytest.mark.parametrize("cell", [(0, 5, 1), (1, 0, 1), (1, -2, 1), (1, np.nan, 1), (1, 5, -1)])
def test_cells_that_cannot_be_are_refused(cell: tuple[float, ...]):
    columns = zip((2, 9.5, 4), cell, strict=True)
    with pytest.raises(ValueError, match=r"cell 1 \(from 0\)"):
        gamma_gamma.fit(*(list(column) for column in columns))
