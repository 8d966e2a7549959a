"""Whether units are split as planned: published cases, scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from python_assets.experiments.srm import THRESHOLD, sample_ratio
from tests.python_assets.experiments.samples import case


@pytest.mark.parametrize("name", ["cookie", "udacity_raw_clean", "fail_example"])
def test_splits_are_judged_as_published(name: str):
    published = case(f"srm.{name}")
    inputs, expected = published["inputs"], published["expected"]
    found = sample_ratio(inputs["observed"], inputs["weights"])
    assert found.chi_square == pytest.approx(expected["chi2"], **published["tolerance"])
    assert found.p_value == pytest.approx(expected["p"], **published["tolerance"])
    assert (found.p_value < THRESHOLD) == expected["flag_at_0_001"]
    if "flag_at_0_01" in expected:
        assert (found.p_value < 0.01) == expected["flag_at_0_01"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10_000), st.floats(0.01, 1)), min_size=2, max_size=5))
def test_scipy_says_the_same(arms: list[tuple[int, float]]):
    units, splits = np.array(arms).T
    theirs = chisquare(units, units.sum() * splits / splits.sum())
    ours = sample_ratio(units, splits)
    assert ours.chi_square == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-9)
    assert ours.p_value == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-300)


def test_arms_that_an_experiment_does_not_have_do_not_count():
    units = [[500, 450, 0], [500, 450, 100]]
    splits = [[0.5, 0.5, np.nan], [0.5, 0.25, 0.25]]
    found = sample_ratio(units, splits)
    assert found.p_value[0] == pytest.approx(chisquare([500, 450]).pvalue)
    assert found.p_value[1] == pytest.approx(chisquare(units[1], [525, 262.5, 262.5]).pvalue)


def test_one_arm_or_no_units_are_not_tested():
    assert np.isnan(sample_ratio([[100, 0], [0, 0]], [[1, np.nan], [0.5, 0.5]]).p_value).all()
