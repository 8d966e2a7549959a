"""How many units, how many days: published cases, statsmodels."""

import math

import numpy as np
import pytest
from statsmodels.stats.power import TTestIndPower

from python_assets.experiments.moments import Moments
from python_assets.experiments.sample_size import (
    comparisonwise_level,
    duration,
    mean_sample_size,
    proportion_sample_size,
)
from tests.python_assets.experiments.samples import case, tea_users


@pytest.mark.parametrize(
    "name", ["0.2->0.25", "0.05->0.06", "0.1->0.105", "0.1->0.12", "0.005726->0.01253"]
)
def test_units_for_two_rates_are_as_published(name: str):
    published = case(f"sample_size.p{name}")
    inputs, expected = published["inputs"], published["expected"]
    found = proportion_sample_size(inputs["p1"], inputs["p2"], 1 - inputs["alpha"], inputs["power"])
    assert found == pytest.approx(expected["n_per_arm_pooled_null"], **published["tolerance"])
    # Other formulas differ a little, or, as the online calculator, ask for less power than told.
    assert expected["n_evan_miller"] < found


def test_units_for_two_means_are_as_published():
    published = case("sample_size.ttest")
    expected, near = published["expected"], published["tolerance"]
    assert mean_sample_size(0.2) == pytest.approx(expected["d02"], **near)
    assert mean_sample_size(0.5) == pytest.approx(expected["d05"], **near)
    assert expected["norm_d02"] < mean_sample_size(0.2)
    of_two_to_one = mean_sample_size(0.5, power=0.9, treatment_per_control=2)
    assert of_two_to_one == pytest.approx(expected["d05_r2"], **near)


def test_units_for_ten_percent_more_orders_are_as_published():
    published = case("sample_size.teatasting_orders_rel10pct")
    inputs, expected = published["inputs"], published["expected"]
    users = Moments.from_units(np.concatenate(tea_users("orders")))
    effect = float(users.numerator_mean) * inputs["rel_effect"]
    assert effect == pytest.approx(expected["effect_size"], **published["tolerance"])
    per_arm = mean_sample_size(
        effect / np.sqrt(users.numerator_variance), 1 - inputs["alpha"], inputs["power"]
    )
    assert 2 * math.ceil(per_arm) == expected["n_obs"]


@pytest.mark.parametrize(("ratio", "power"), [(1.0, 0.8), (2.0, 0.9), (0.5, 0.5)])
def test_statsmodels_says_the_same(ratio: float, power: float):
    for effect in (0.05, 0.3, 0.9):
        theirs = TTestIndPower().solve_power(effect, alpha=0.1, power=power, ratio=ratio)
        ours = mean_sample_size(effect, 0.9, power, treatment_per_control=ratio)
        assert ours == pytest.approx(theirs, rel=1e-6)


def test_days_are_as_published():
    published = case("duration.3pct_10pct_5000day")
    inputs, expected = published["inputs"], published["expected"]
    rates = inputs["p"], inputs["p"] * (1 + inputs["rel_mde"])
    per_arm = math.ceil(proportion_sample_size(*rates))
    assert per_arm == expected["n_per_arm"]
    units, daily = per_arm * inputs["arms"], inputs["users_per_day"]
    assert duration(units, daily, whole_weeks=False) == expected["days"]
    assert duration(units, daily) == expected["days_round_week"]
    assert math.ceil(proportion_sample_size(*rates, arms=3)) == expected["n_per_arm_bonf_3arms"]


def test_every_arm_more_takes_its_share_of_the_level():
    assert comparisonwise_level(0.95, [1, 2, 3, 6]) == pytest.approx([0.95, 0.95, 0.975, 0.99])


def test_without_traffic_or_size_there_is_no_duration():
    assert duration(1000, 0) is None
    assert duration(math.nan, 100) is None
    assert duration(700, 100) == 7


def test_no_effect_cannot_be_found():
    assert np.isnan(proportion_sample_size(0.1, 0.1))
