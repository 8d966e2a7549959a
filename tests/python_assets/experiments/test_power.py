"""Power and the smallest effect found: published cases, the inverse of sample sizes, simulation."""

import numpy as np
import pytest

from python_assets.experiments import sequential
from python_assets.experiments.arrays import Floats
from python_assets.experiments.estimates import critical_value, p_value
from python_assets.experiments.power import (
    minimum_detectable_effect,
    power,
    proportion_minimum_detectable_lift,
    proportion_power,
)
from python_assets.experiments.proportions import pooled_z_test
from python_assets.experiments.sample_size import proportion_sample_size
from tests.python_assets.experiments.samples import case


def test_power_to_find_a_lift_is_as_published():
    published = case("sample_size.growthbook_power_vectors")
    inputs, expected = published["inputs"], published["expected"]
    units = inputs["total_users"] / inputs["variations"]
    per_unit = inputs["variance"] / units / inputs["mean"] ** 2

    def error(lift: float) -> Floats:
        return np.sqrt(per_unit * (1 + (1 + lift) ** 2))

    def smallest(stretch: float) -> float:
        # The error of a lift depends on the lift: settle on the one that fits its own error.
        lift = 0.05
        for _ in range(60):
            lift = float(minimum_detectable_effect(error(lift) * stretch))
        return lift

    # The tool widens the error until one look's 1.96 reaches as far as the sequence, which is
    # a little off: estimates vary no more for being looked at often.
    stretch = float(sequential.critical_value(2 * units) / critical_value(0.95))
    found = {
        "power": power(inputs["effect"], error(inputs["effect"])),
        "mde": smallest(1.0),
        "power_sequential_N5000": power(inputs["effect"], error(inputs["effect"]) * stretch),
        "mde_sequential": smallest(stretch),
    }
    assert found == pytest.approx(expected, **published["tolerance"])


@pytest.mark.parametrize("rates", [(0.05, 0.06), (0.2, 0.15), (0.01, 0.02)])
def test_it_is_the_inverse_of_the_sample_size(rates: tuple[float, float]):
    units = proportion_sample_size(*rates, 0.9, 0.85)
    assert proportion_power(*rates, units, units, 0.9) == pytest.approx(0.85)


def test_the_smallest_lift_is_found_with_its_power():
    lift = proportion_minimum_detectable_lift([0.01, 0.3], [50_000, 900], [10_000, 2_000], 0.9, 0.7)
    rates = np.array([0.01, 0.3])
    found = proportion_power(rates, rates * (1 + lift), [50_000, 900], [10_000, 2_000], 0.9)
    assert found == pytest.approx([0.7, 0.7])


def test_as_many_experiments_find_it_as_told():
    control, treatment, units = 0.05, 0.06, 8_158
    generator = np.random.default_rng(41)
    drawn = generator.binomial(units, [[control], [treatment]], (2, 20_000))
    found = (p_value(pooled_z_test(drawn[0], units, drawn[1], units)) < 0.05).mean()
    assert found == pytest.approx(0.8, abs=0.01)


def test_no_rate_is_high_enough_for_a_handful():
    assert np.isnan(proportion_minimum_detectable_lift([0.5, 0.0, 1.0], 3, 3)).all()


def test_always_valid_intervals_need_larger_effects():
    once = minimum_detectable_effect(1.0)
    assert minimum_detectable_effect(1.0, sequential.critical_value(10_000)) > once
