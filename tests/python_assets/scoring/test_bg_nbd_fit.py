"""Fits of BG/NBD: published parameters, what must hold of any fit, and when there is none."""

from dataclasses import astuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.scoring import bg_nbd
from python_assets.scoring.bg_nbd import BgNbd, NoFitError
from tests.python_assets.scoring.samples import (
    CALIBRATION_END,
    DAILY_MODEL,
    OBSERVATION_END,
    case,
    cdnow_at,
    cdnow_purchases,
    cdnow_summary,
    cdnow_transactions,
    many_buyers,
    simulated,
)


def _assert_fits(name: str, model: BgNbd, log_likelihood: float) -> None:
    published = case(name)
    expected, tolerance = published["expected"], published["tolerance"]
    parameters = [expected[parameter] for parameter in ("r", "alpha", "a", "b")]
    assert astuple(model) == pytest.approx(parameters, abs=tolerance["params_abs"])
    assert log_likelihood == pytest.approx(expected["loglik"], abs=tolerance["loglik_abs"])


# ---------------------------------------------------------------- published


def test_cdnow_fits_as_published():
    customers = cdnow_summary()
    assert len(customers) == case("bgnbd_cdnow_params")["inputs"]["n"]
    fitted = bg_nbd.fit(customers["x"], customers["t_x"], customers["age"], np.ones(len(customers)))
    _assert_fits("bgnbd_cdnow_params", *fitted)


def test_cdnow_fits_as_published_from_its_transactions():
    expected = case("bgnbd_cdnow_from_transactions")["expected"]
    purchases, customers = cdnow_purchases(), cdnow_at(CALIBRATION_END)
    is_held_out = purchases["is_repeat"] & (purchases["day"] > CALIBRATION_END)
    assert len(cdnow_transactions()) == expected["rows"]
    assert len(customers) == expected["n"]
    assert customers["repeat_purchases"].sum() == expected["sum_frequency"]
    assert (is_held_out & (purchases["day"] <= OBSERVATION_END)).sum() == expected[
        "holdout_repeat_tx_39wk"
    ]
    cells = customers.groupby(["repeat_purchases", "recency_days", "age_days"]).size()
    assert len(cells) < len(customers)
    purchases, recency, age = (cells.index.get_level_values(level).to_numpy() for level in range(3))
    fitted = bg_nbd.fit(purchases, recency / 7, age / 7, cells)
    _assert_fits("bgnbd_cdnow_from_transactions", *fitted)


def test_purchases_of_all_follow_the_published_track_week_by_week():
    published = case("bgnbd_weekly_tracking")
    weeks = np.array(published["inputs"]["weeks"])
    purchases = cdnow_purchases()
    repeats = purchases.loc[purchases["is_repeat"], "day"]
    first = purchases.loc[~purchases["is_repeat"], "day"].to_numpy() / 7
    bought = np.array([(repeats < 7 * week).sum() for week in range(weeks[-1] + 1)])
    fitted, _ = bg_nbd.fit(*_cdnow_weeks())
    predicted = np.array(
        [
            bg_nbd.expected_purchases_of_newcomer(fitted, week - first[first <= week]).sum()
            for week in range(weeks[-1] + 1)
        ]
    )
    expected, tolerance = published["expected"], published["tolerance"]["abs"]
    assert bought[weeks].tolist() == expected["cum_actual"]
    assert np.diff(bought)[weeks - 1].tolist() == expected["actual"]
    assert predicted[weeks] == pytest.approx(expected["cum_expected"], abs=tolerance)
    assert np.diff(predicted)[weeks - 1] == pytest.approx(expected["expected"], abs=tolerance)


def _cdnow_weeks() -> tuple[npt.ArrayLike, ...]:
    customers = cdnow_at(CALIBRATION_END)
    recency, age = customers["recency_days"] / 7, customers["age_days"] / 7
    return customers["repeat_purchases"], recency, age, np.ones(len(customers))


# ---------------------------------------------------------------- what holds of any fit


def test_the_parameters_of_simulated_buyers_are_found_again():
    buyers = simulated(7, 40_000, DAILY_MODEL)
    model, _ = bg_nbd.fit(buyers.repeat_purchases, buyers.recency, buyers.age, buyers.ones)
    assert astuple(model) == pytest.approx(astuple(DAILY_MODEL), rel=0.1)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_weights_are_repetitions(seed: int):
    buyers = simulated(seed, 1_500, DAILY_MODEL)
    weights = np.random.default_rng(seed).integers(0, 4, 1_500)
    cells = (buyers.repeat_purchases, buyers.recency, buyers.age)
    model, log_likelihood = bg_nbd.fit(*cells, weights)
    repeated = [np.repeat(column, weights) for column in cells]
    same, same_log_likelihood = bg_nbd.fit(*repeated, np.ones(weights.sum()))
    assert astuple(model) == pytest.approx(astuple(same), rel=1e-4)
    assert log_likelihood == pytest.approx(same_log_likelihood, rel=1e-9)


@settings(max_examples=5, deadline=None)
@given(st.floats(0.001, 1000))
def test_the_unit_of_time_scales_alpha_only(factor: float):
    buyers = many_buyers()
    model, log_likelihood = bg_nbd.fit(
        buyers.repeat_purchases, buyers.recency, buyers.age, buyers.ones
    )
    scaled, scaled_log_likelihood = bg_nbd.fit(
        buyers.repeat_purchases, buyers.recency * factor, buyers.age * factor, buyers.ones
    )
    expected = (model.r, model.alpha * factor, model.a, model.b)
    assert astuple(scaled) == pytest.approx(expected, rel=1e-5)
    # A density of times: one factor for each of them.
    moved = log_likelihood - buyers.repeat_purchases.sum() * np.log(factor)
    assert scaled_log_likelihood == pytest.approx(moved, rel=1e-9, abs=1e-6)


def test_two_fits_are_equal_to_the_last_bit():
    buyers = many_buyers()
    arguments = (buyers.repeat_purchases, buyers.recency, buyers.age, buyers.ones)
    assert bg_nbd.fit(*arguments) == bg_nbd.fit(*arguments)


def test_twice_as_many_of_all_change_nothing_but_the_log_likelihood():
    buyers = many_buyers()
    cells = (buyers.repeat_purchases, buyers.recency, buyers.age)
    model, log_likelihood = bg_nbd.fit(*cells, buyers.ones)
    same, twice = bg_nbd.fit(*cells, 2 * buyers.ones)
    assert same == model
    assert twice == pytest.approx(2 * log_likelihood, rel=1e-12)


# ---------------------------------------------------------------- no fit


def test_people_who_never_buy_again_tell_nothing_of_rates():
    with pytest.raises(NoFitError, match="differ in how often they buy"):
        bg_nbd.fit(np.zeros(500), np.zeros(500), np.arange(1.0, 501), np.ones(500))


def test_people_who_never_stop_are_expected_to_go_on():
    buyers = simulated(11, 3_000, BgNbd(r=1, alpha=50, a=1e-9, b=10))
    cells = (buyers.repeat_purchases, buyers.recency, buyers.age)
    model, _ = bg_nbd.fit(*cells, buyers.ones)
    # Without leaving it is the NBD, whose rate is known in closed form.
    expected = 10 * (model.r + buyers.repeat_purchases) / (model.alpha + buyers.age)
    np.testing.assert_allclose(bg_nbd.expected_purchases(model, 10, *cells), expected, rtol=0.01)
    assert (model.r, model.alpha) == pytest.approx((1, 50), rel=0.1)


@pytest.mark.parametrize("age", [0.0, 30.0])
def test_one_customer_is_no_fit(age: float):
    with pytest.raises(NoFitError):
        bg_nbd.fit([0], [0], [age], [1])


def test_no_customers_are_no_fit():
    with pytest.raises(NoFitError, match="no customers"):
        bg_nbd.fit([], [], [], [])


@pytest.mark.parametrize(
    "cell", [(-1, 0, 5, 1), (1, 6, 5, 1), (1, -1, 5, 1), (1, 2, np.nan, 1), (1, 2, 5, -1)]
)
def test_cells_that_cannot_be_are_refused(cell: tuple[float, ...]):
    columns = zip((2, 3, 9, 4), cell, strict=True)
    with pytest.raises(ValueError, match=r"cell 1 \(from 0\).* no larger than the age"):
        bg_nbd.fit(*(list(column) for column in columns))
