"""What BG/NBD expects: published numbers, direct integration, what holds of any model."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta

from python_assets.scoring import bg_nbd
from python_assets.scoring.bg_nbd import BgNbd
from tests.python_assets.scoring.samples import (
    CDNOW_MODEL,
    DAILY_MODEL,
    MODELS,
    case,
    simulated,
)

TIMES = st.floats(0, 500)
COUNTS = st.sampled_from([0, 1, 2, 7, 40])


# ---------------------------------------------------------------- published expectations


def test_newcomers_are_expected_to_buy_as_published():
    published = case("bgnbd_expected_new_customer")
    model = BgNbd(**published["inputs"]["params"])
    expected = bg_nbd.expected_purchases_of_newcomer(model, published["inputs"]["t_weeks"])
    assert expected == pytest.approx(published["expected"], abs=published["tolerance"]["abs"])


def test_of_two_silent_customers_the_more_frequent_one_is_expected_to_buy_less():
    published = case("bgnbd_increasing_frequency_paradox")
    inputs = published["inputs"]
    expected = bg_nbd.expected_purchases(
        BgNbd(**inputs["params"]), inputs["T_star"], inputs["x"], inputs["t_x"], inputs["T"]
    )
    assert expected == pytest.approx(published["expected"], rel=published["tolerance"]["rel"])


def test_very_frequent_buyers_are_expected_to_buy_a_number():
    published = case("bgnbd_high_frequency_no_nan")
    inputs = published["inputs"]
    expected = bg_nbd.expected_purchases(
        BgNbd(**inputs["params"]), inputs["t"], inputs["x"], inputs["t_x"], inputs["T"]
    )
    assert expected == pytest.approx(published["expected"], rel=published["tolerance"]["rel"])


def test_numbers_of_purchases_are_as_probable_as_published():
    published = case("bgnbd_pmf")
    times, counts = zip(
        *((row["t"], row["x"]) for row in published["inputs"]["cases"]), strict=True
    )
    probable = bg_nbd.purchase_count_probability(
        BgNbd(*published["inputs"]["params"]), times, counts
    )
    assert probable == pytest.approx(published["expected"], rel=published["tolerance"]["rel"])


def test_nobody_without_a_repeat_purchase_has_left():
    published = case("bgnbd_palive_zero_repeat_is_one")
    inputs = published["inputs"]
    alive = bg_nbd.probability_alive(
        BgNbd(**inputs["params"]), inputs["x"], inputs["t_x"], inputs["T"]
    )
    assert alive.tolist() == published["expected"]


# ---------------------------------------------------------------- the same by other means


def _integrated(model: BgNbd, horizon: float, purchases: int, age: float) -> float:
    """Expected purchases of a customer, as an integral over their probability of leaving."""
    exponent, growth = model.r + purchases, horizon / (model.alpha + age)

    def until_leaving(leaving: float) -> float:
        leaving = max(leaving, 1e-12)
        return -np.expm1(-exponent * np.log1p(leaving * growth)) / leaving

    powers = (model.a - 1, model.b + purchases - 1)
    total, _ = quad(
        until_leaving, 0, 1, weight="alg", wvar=powers, epsabs=0, epsrel=1e-8, limit=500
    )
    return total / beta(model.a, model.b + purchases)


# The integral is right to less than asked for where it is steep; scipy warns of that.
@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@settings(max_examples=150, deadline=None)
@example(BgNbd(0.3, 5, 1.0, 2), 52.0, 3, 20.0)
@example(BgNbd(0.3, 5, 1.0, 2), 52.0, 0, 20.0)
@example(BgNbd(0.3, 5, 1 + 9e-6, 2), 52.0, 3, 20.0)
@example(BgNbd(0.3, 5, 1 - 2e-5, 2), 52.0, 3, 20.0)
@example(BgNbd(0.3, 5, 0.25, 0.75), 52.0, 0, 20.0)
@example(BgNbd(0.3, 5, 0.2, 0.5), 52.0, 0, 20.0)
@example(BgNbd(0.3, 5, 20, 20), 500.0, 40, 0.5)
@example(BgNbd(2, 0.5, 2, 339), 260.0, 0, 7.0)
@example(BgNbd(1, 1, 5, 1), 260.0, 40, 1.0)
@given(MODELS, st.floats(0.1, 500), COUNTS, TIMES)
def test_expected_purchases_are_those_of_direct_integration(
    model: BgNbd, horizon: float, purchases: int, age: float
):
    expected = bg_nbd.expected_purchases_if_alive(model, horizon, purchases, age)
    assert expected == pytest.approx(_integrated(model, horizon, purchases, age), rel=1e-6)


@pytest.mark.parametrize("purchases", [0, 1, 30, 3_000])
def test_people_who_leave_all_alike_are_expected_to_buy_a_number(purchases: int):
    model = BgNbd(r=1, alpha=5, a=100, b=1_900)
    leaving = model.a / (model.a + model.b + purchases)
    growth = (1 + leaving * 260 / (model.alpha + 20)) ** -(model.r + purchases)
    expected = bg_nbd.expected_purchases_if_alive(model, 260, purchases, 20)
    assert expected == pytest.approx((1 - growth) / leaving, rel=0.02)


@settings(max_examples=50, deadline=None)
@given(MODELS, st.floats(0.1, 50))
def test_probabilities_of_all_numbers_of_purchases_sum_to_one(model: BgNbd, horizon: float):
    probable = bg_nbd.purchase_count_probability(model, horizon, np.arange(20_000))
    assert (probable >= 0).all()
    left_out = 1 - probable.sum()
    # What is left out are rates so high that they come to more purchases than were added up.
    assert -1e-9 < left_out < 1e-3 + 20_000 * probable[-1]


def test_the_mean_number_of_purchases_is_the_one_expected_of_newcomers():
    counts = np.arange(2_000)
    mean = bg_nbd.purchase_count_probability(CDNOW_MODEL, 39.0, counts) @ counts
    assert mean == pytest.approx(bg_nbd.expected_purchases_of_newcomer(CDNOW_MODEL, 39.0))


def test_no_purchase_of_a_newcomer_is_a_number_of_purchases_of_nought():
    horizons = np.array([1.0, 10, 100])
    none = bg_nbd.probability_of_no_purchase(CDNOW_MODEL, horizons, 0, 0, 0)
    assert none == pytest.approx(bg_nbd.purchase_count_probability(CDNOW_MODEL, horizons, 0))


def test_what_simulated_buyers_do_next_is_what_is_expected_of_them():
    horizon = 90.0
    buyers = simulated(3, 40_000, DAILY_MODEL, horizon=horizon)
    known = (buyers.repeat_purchases, buyers.recency, buyers.age)
    expected = bg_nbd.expected_purchases(DAILY_MODEL, horizon, *known)
    none = bg_nbd.probability_of_no_purchase(DAILY_MODEL, horizon, *known)
    for group in range(4):
        is_in = np.minimum(buyers.repeat_purchases, 3) == group
        assert none[is_in].mean() == pytest.approx((buyers.later[is_in] == 0).mean(), abs=0.015)
        assert expected[is_in].mean() == pytest.approx(buyers.later[is_in].mean(), rel=0.08)


# ---------------------------------------------------------------- what holds of any model


@settings(max_examples=150, deadline=None)
@given(MODELS, COUNTS, TIMES, st.floats(0, 1), st.floats(0, 500))
def test_probabilities_are_probabilities(
    model: BgNbd, purchases: int, age: float, share: float, horizon: float
):
    alive = bg_nbd.probability_alive(model, purchases, share * age, age)
    none = bg_nbd.probability_of_no_purchase(model, horizon, purchases, share * age, age)
    assert 0 <= alive <= 1
    assert 1 - alive - 1e-12 <= none <= 1


@settings(max_examples=100, deadline=None)
@given(MODELS, COUNTS, TIMES, st.floats(0, 1))
def test_more_is_expected_of_a_longer_horizon(
    model: BgNbd, purchases: int, age: float, share: float
):
    horizons = np.array([0.0, 1, 4, 13, 52, 260])
    arguments = (model, horizons, purchases, share * age, age)
    expected = bg_nbd.expected_purchases(*arguments)
    none = bg_nbd.probability_of_no_purchase(*arguments)
    rounding = 1e-9 * (1 + expected.max())
    assert expected[0] == pytest.approx(0, abs=rounding)
    assert (np.diff(expected) >= -rounding).all()
    assert (np.diff(none) <= 1e-12).all()
    # At least one purchase is never more probable than purchases are expected.
    assert (1 - none <= expected + rounding).all()


@settings(max_examples=50, deadline=None)
@given(MODELS, COUNTS, TIMES)
def test_the_longer_the_silence_the_less_likely_a_customer(
    model: BgNbd, purchases: int, age: float
):
    alive = bg_nbd.probability_alive(model, purchases, age * np.linspace(1, 0, 9), age)
    assert (np.diff(alive) <= 0).all()


@settings(max_examples=50, deadline=None)
@given(MODELS, COUNTS, TIMES, st.floats(0.01, 100))
def test_nothing_depends_on_the_unit_of_time(
    model: BgNbd, purchases: int, age: float, factor: float
):
    scaled = BgNbd(model.r, model.alpha * factor, model.a, model.b)
    ours = bg_nbd.expected_purchases(model, 20.0, purchases, age / 2, age)
    theirs = bg_nbd.expected_purchases(
        scaled, 20 * factor, purchases, age * factor / 2, age * factor
    )
    assert theirs == pytest.approx(ours, rel=1e-6, abs=1e-9)


def test_expectations_are_those_of_customers_times_the_probability_of_being_one():
    arguments = (np.array([0, 1, 5]), np.array([0, 3, 30.0]), np.array([38, 38, 38.0]))
    purchases, _, age = arguments
    alive = bg_nbd.probability_alive(CDNOW_MODEL, *arguments)
    if_alive = bg_nbd.expected_purchases_if_alive(CDNOW_MODEL, 52, purchases, age)
    expected = bg_nbd.expected_purchases(CDNOW_MODEL, 52, *arguments)
    assert expected.tolist() == (alive * if_alive).tolist()
