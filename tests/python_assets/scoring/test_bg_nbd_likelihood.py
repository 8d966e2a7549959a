"""The likelihood of BG/NBD and its gradient."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings

from python_assets.scoring import bg_nbd
from python_assets.scoring.bg_nbd import BgNbd
from python_assets.scoring.bg_nbd_likelihood import Cells, log_likelihood, mean_log_likelihood
from tests.python_assets.scoring.samples import (
    CDNOW_MODEL,
    MODELS,
    case,
    many_buyers,
    numeric_gradient,
)

CELLS = Cells.of(
    [0, 0, 1, 2, 9, 60], [0, 0, 3, 1, 30, 12], [1, 40, 40, 7, 38, 52], [9, 8, 3, 2, 1, 1]
)


def test_extreme_buyers_are_as_likely_as_published():
    published = case("bgnbd_numerical_stability_logp")
    rows = published["inputs"]["cases"]
    likely = log_likelihood(
        BgNbd(**published["inputs"]["params"]),
        *([row[name] for row in rows] for name in ("x", "t_x", "T")),
    )
    assert likely == pytest.approx(published["expected"], abs=published["tolerance"]["abs"])


def test_buyers_of_thousands_of_orders_are_finitely_likely():
    likely = log_likelihood(CDNOW_MODEL, [0, 1, 3_000], [0, 0, 38], [500, 500, 39])
    assert np.isfinite(likely).all()


@settings(max_examples=60, deadline=None)
@given(MODELS)
def test_no_purchase_is_as_likely_as_its_probability(model: BgNbd):
    times = np.array([0.5, 10, 300])
    probable = bg_nbd.purchase_count_probability(model, times, 0)
    assert np.exp(log_likelihood(model, 0, 0, times)) == pytest.approx(probable)


@settings(max_examples=60, deadline=None)
@given(MODELS)
def test_the_mean_is_that_of_the_customers(model: BgNbd):
    mean, _ = mean_log_likelihood(CELLS)(np.array(astuple(model)))
    each = log_likelihood(model, CELLS.purchases, CELLS.recency, CELLS.age)
    assert mean == pytest.approx(each @ CELLS.share, rel=1e-9)


@settings(max_examples=100, deadline=None)
@given(MODELS)
def test_the_gradient_is_that_of_finite_differences(model: BgNbd):
    objective, parameters = mean_log_likelihood(CELLS), np.array(astuple(model))
    _, gradient = objective(parameters)
    slopes = gradient * parameters
    expected = numeric_gradient(objective, parameters) * parameters
    assert slopes == pytest.approx(expected, rel=1e-5, abs=1e-5)


def test_the_gradient_vanishes_at_the_fit_and_not_beside_it():
    buyers = many_buyers()
    arguments = (buyers.repeat_purchases, buyers.recency, buyers.age, buyers.ones)
    objective = mean_log_likelihood(Cells.of(*arguments))
    fitted = np.array(astuple(bg_nbd.fit(*arguments)[0]))
    top, gradient = objective(fitted)
    assert np.abs(gradient * fitted).max() < 2e-6
    for parameter in range(4):
        for factor in (0.9, 1.1):
            beside = fitted.copy()
            beside[parameter] *= factor
            assert objective(beside)[0] < top
