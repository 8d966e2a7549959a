"""Quantiles of two arms: a published case, order statistics by simulation."""

import numpy as np
import pytest

from python_assets.experiments.estimates import difference, interval, p_value
from python_assets.experiments.quantiles import quantile
from tests.python_assets.experiments.samples import case, cookie_cats


def test_percentiles_of_rounds_are_as_published():
    published = case("quantile.cookie_rounds_p90")
    expected, near = published["expected"], published["tolerance"]
    rounds = cookie_cats("sum_gamerounds")
    control, treatment = (quantile(arm, published["inputs"]["nu"]) for arm in rounds)
    assert control[:3] == pytest.approx(expected["control"], **near)
    assert treatment[:3] == pytest.approx(expected["treat"], **near)
    estimate = difference(control.as_value(), treatment.as_value())
    assert estimate.value == expected["abs_diff"]
    assert interval(estimate) == pytest.approx(expected["ci95"], **near)
    assert p_value(estimate) == pytest.approx(expected["p"], **near)
    assert [quantile(arm, 0.5).value for arm in rounds] == pytest.approx(expected["median"], **near)
    assert [quantile(arm, 0.95).value for arm in rounds] == pytest.approx(expected["p95"], **near)


def test_its_interval_holds_the_quantile_as_often_as_told():
    generator = np.random.default_rng(61)
    found = [quantile(generator.exponential(size=400), 0.8, 0.9) for _ in range(1_000)]
    true = -np.log(0.2)
    assert np.mean([one.lower <= true <= one.upper for one in found]) == pytest.approx(
        0.9, abs=0.03
    )


@pytest.mark.parametrize(("values", "probability"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.0)])
def test_no_values_or_an_impossible_quantile_are_refused(values: list[float], probability: float):
    with pytest.raises(ValueError, match="one value and 0 < q < 1"):
        quantile(values, probability)
