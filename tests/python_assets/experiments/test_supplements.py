"""Power, and values without winsorising, beside the decision."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind

from python_assets.experiments.deciding import Rules, decide
from python_assets.experiments.moments import Moments
from python_assets.experiments.sample_size import proportion_sample_size
from tests.python_assets.experiments.samples import arm, converted, experiment, frame

Arms = list[dict[str, object]]


def _row(arms: Arms, **changed: object) -> pd.Series:
    return decide(pd.DataFrame([experiment(**changed)]), frame(arms), Rules()).iloc[0]


def test_at_the_computed_sample_size_power_and_smallest_lift_are_those_it_was_computed_for():
    units = int(proportion_sample_size(0.1, 0.12)) + 1
    row = _row(
        [converted("a", round(0.1 * units), units), converted("b", 400, units)], minimum_effect=0.2
    )
    assert row["achieved_power"] == pytest.approx(0.8, abs=0.002)
    assert row["minimum_detectable_lift"] == pytest.approx(0.2, abs=0.001)


def test_a_fall_takes_other_sizes_than_a_rise():
    arms = [
        converted(name, 100, 1000, is_lower_better=is_lower_better)
        for name, is_lower_better in (("a", True), ("b", True))
    ]
    fall = _row(arms)["minimum_detectable_lift"]
    units = proportion_sample_size(0.1, 0.1 * (1 - fall))
    assert units == pytest.approx(1000)


def test_of_a_mean_power_and_smallest_lift_follow_its_standard_error():
    spend = np.random.default_rng(71).gamma(1, 10, (2, 4_000))
    arms = [
        arm(name, Moments.from_units(x), metric="revenue", metric_kind="mean")
        for name, x in zip("ab", spend, strict=True)
    ]
    smallest = _row(arms, primary_metric="revenue")["minimum_detectable_lift"]
    error = np.sqrt(sum(x.var(ddof=1) / len(x) for x in spend))
    assert smallest == pytest.approx((1.96 + 0.8416) * error / spend[0].mean(), rel=1e-3)
    again = _row(arms, primary_metric="revenue", minimum_effect=smallest)
    assert again["achieved_power"] == pytest.approx(0.8, abs=1e-3)


def test_without_an_effect_to_find_there_is_no_power():
    row = _row([converted("a", 100, 1000), converted("b", 100, 1000)], minimum_effect=None)
    assert np.isnan(row["achieved_power"])
    assert row["minimum_detectable_lift"] > 0


def _winsorised(kind: str) -> pd.Series:
    generator = np.random.default_rng(72)
    spend, visits = generator.gamma(0.2, 100, (2, 500)), 1 + generator.poisson(2, (2, 500))
    arms = [
        arm(name, Moments.from_units(np.minimum(x, 150), z), metric="revenue", metric_kind=kind,
            winsorised_at=150.0, raw_numerator=x.sum(), raw_numerator_squares=(x**2).sum())
        for name, x, z in zip("ab", spend, visits, strict=True)
    ]  # fmt: skip
    row = _row(arms, primary_metric="revenue")
    per_unit = spend.sum(axis=1) / (visits.sum(axis=1) if kind == "ratio" else 500)
    assert [row["raw_control_value"], row["raw_treatment_value"]] == pytest.approx(list(per_unit))
    assert row["raw_difference"] == pytest.approx(per_unit[1] - per_unit[0])
    assert row["winsorised_at"] == 150
    assert row["control_value"] < row["raw_control_value"]
    theirs = ttest_ind(spend[1], spend[0], equal_var=False).pvalue
    assert np.isnan(row["raw_p_value"]) or row["raw_p_value"] == pytest.approx(theirs)
    return row


def test_what_was_cut_off_is_told_beside_it():
    assert not np.isnan(_winsorised("mean")["raw_p_value"])


def test_of_a_ratio_that_was_cut_off_there_is_no_raw_p_value():
    assert np.isnan(_winsorised("ratio")["raw_p_value"])


def test_where_nothing_was_cut_off_the_raw_numbers_are_the_same():
    row = _row([converted("a", 100, 1000), converted("b", 120, 1000)])
    assert row["raw_p_value"] == row["p_value"]
    assert row["raw_difference"] == row["difference"]
    assert np.isnan(row["winsorised_at"])
