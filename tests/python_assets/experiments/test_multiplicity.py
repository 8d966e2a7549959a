"""Adjusted p values: published cases, and statsmodels for many families."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from python_assets.experiments.multiplicity import Method, adjusted_p_values
from tests.python_assets.experiments.samples import case

THEIRS: dict[Method, str] = {
    "holm": "holm",
    "bonferroni": "bonferroni",
    "benjamini_hochberg": "fdr_bh",
    "benjamini_yekutieli": "fdr_by",
}


@pytest.mark.parametrize("method", ["bonferroni", "benjamini_hochberg", "benjamini_yekutieli"])
def test_fifteen_comparisons_are_adjusted_as_published(method: Method):
    published = case(f"multiplicity.bh1995_{THEIRS[method]}")
    found = adjusted_p_values(published["inputs"]["p"], method=method)
    assert found == pytest.approx(published["expected"]["adjusted"], **published["tolerance"])
    assert (found <= published["inputs"]["alpha"]).sum() == published["expected"]["n_reject"]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), min_size=1, max_size=20),
    st.sampled_from(list(THEIRS)),
)
def test_statsmodels_says_the_same_of_each_family(pairs: list[tuple[float, int]], method: Method):
    p, family = np.array(pairs).T
    ours = adjusted_p_values(p, family, method)
    for one in np.unique(family):
        _, theirs, _, _ = multipletests(p[family == one], method=THEIRS[method])
        assert ours[family == one] == pytest.approx(theirs)


def test_what_was_not_tested_is_no_comparison():
    found = adjusted_p_values([0.01, np.nan, 0.04])
    assert found[[0, 2]].tolist() == [0.02, 0.04]
    assert np.isnan(found[1])
    assert np.isnan(adjusted_p_values([np.nan])).all()
    assert adjusted_p_values([]).shape == (0,)


def test_another_method_is_refused():
    with pytest.raises(ValueError, match="'sidak': holm, bonferroni"):
        adjusted_p_values([0.1], method="sidak")  # type: ignore[arg-type]
