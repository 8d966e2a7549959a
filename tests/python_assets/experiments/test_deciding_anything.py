"""Results of any experiments: honest, mirrored, in any unit of money, nested."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.experiments.deciding import Rules, decide
from python_assets.experiments.moments import Moments
from tests.python_assets.experiments.samples import arm, converted, experiment, frame

RULES = Rules()
COUNT = st.integers(5, 995)
COUNTS = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda n: (min(n), max(n)))
ANYTHING = st.tuples(
    st.lists(COUNTS, max_size=3),
    st.sampled_from(["proportion", "mean", "ratio"]),
    st.booleans(),
    st.sampled_from([None, 1, 500]),
    st.sampled_from([0, 7]),
)

# Experiments are drawn by the dozen, as one call decides them all.


def _pairs_decided(
    pairs: list[tuple[int, int]], units: int = 1000, **changed: object
) -> pd.DataFrame:
    """Experiments of which so many units converted in `a` and in `b`."""
    names = [f"{number:03d}" for number in range(len(pairs))]
    arms = [
        converted(variant, successes, units, experiment=name)
        for name, pair in zip(names, pairs, strict=True)
        for variant, successes in zip("ab", pair, strict=True)
    ]
    experiments = pd.DataFrame([experiment(name, **changed) for name in names])
    return decide(experiments, frame(arms), RULES)


@settings(max_examples=5, deadline=None)
@given(st.lists(ANYTHING, min_size=20, max_size=30))
def test_whatever_was_measured_there_is_a_row_and_a_reason_and_never_a_fake_number(
    drawn: list[tuple[list[tuple[int, int]], str, bool, int | None, int]],
):
    experiments, arms = [], []
    for number, (counts, kind, has_control, target, days) in enumerate(drawn):
        named = f"{number:03d}"
        experiments.append(experiment(named, target_sample_size=target, days_running=days))
        arms += [
            converted(name, *count, experiment=named, metric_kind=kind, split=1 / len(counts),
                      is_control=has_control and name == "a")
            for name, count in zip("abc", counts, strict=False)
        ]  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = decide(pd.DataFrame(experiments), frame(arms), RULES)
    assert set(results["experiment"]) == {one["experiment"] for one in experiments}
    assert not np.isinf(results.select_dtypes("number").to_numpy(float)).any()
    for row in results.to_dict("records"):
        _assert_honest(row)


def _assert_honest(row: dict[str, object]) -> None:
    """There is a reason wherever there is no winner, and no half of a result."""
    has_p_value = not np.isnan(row["p_value"])
    assert row["winner"] is not None or row["why_not"] is not None
    assert "nan" not in row["recommendation"] + (row["why_not"] or "")
    assert has_p_value == (not np.isnan(row["difference_lower"]))
    assert has_p_value == (row["interval_kind"] is not None)
    assert has_p_value or not row["is_significant"]
    if has_p_value:
        assert 0 <= row["p_value"] <= row["adjusted_p_value"] <= 1
        assert row["difference_lower"] < row["difference"] < row["difference_upper"]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=20, max_size=20))
def test_swapping_arms_mirrors(pairs: list[tuple[int, int]]):
    there = _pairs_decided(pairs)
    back = _pairs_decided([pair[::-1] for pair in pairs])
    assert there["difference"].to_numpy() == pytest.approx(-back["difference"].to_numpy())
    assert there["p_value"].to_numpy() == pytest.approx(back["p_value"].to_numpy())
    for kind in ("difference", "fixed", "always_valid"):
        lower, upper = there[f"{kind}_lower"].to_numpy(), back[f"{kind}_upper"].to_numpy()
        assert lower == pytest.approx(-upper, abs=1e-12)
    mirrored = {None: None, "a": "b", "b": "a"}
    assert there["winner"].tolist() == [mirrored[name] for name in back["winner"]]


@settings(max_examples=5, deadline=None)
@given(st.floats(0.001, 1000), st.integers(0, 100))
def test_the_unit_of_money_changes_amounts_and_nothing_else(factor: float, seed: int):
    spend = np.random.default_rng(seed).gamma(0.5, 40, (2, 300)) * [[1], [1.3]]

    def decided(scale: float) -> dict[str, object]:
        arms = [
            arm(name, Moments.from_units(scale * x), metric="revenue", metric_kind="mean")
            for name, x in zip("ab", spend, strict=True)
        ]
        changed = experiment(primary_metric="revenue", target_sample_size=600)
        return decide(pd.DataFrame([changed]), frame(arms), RULES).to_dict("records")[0]

    before, after = decided(1.0), decided(factor)
    amounts = ["control_value", "treatment_value", "difference", "difference_lower"]
    amounts += ["difference_upper", "raw_difference"]
    for name in amounts:
        assert after[name] == pytest.approx(factor * before[name], rel=1e-6, abs=1e-12), name
    same = ["p_value", "lift", "lift_lower", "achieved_power", "minimum_detectable_lift"]
    for name in same:
        assert after[name] == pytest.approx(before[name], rel=1e-6, abs=1e-9), name
    for name in ("winner", "recommendation", "why_not"):
        assert after[name] == before[name]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=20, max_size=20))
def test_intervals_of_higher_levels_hold_those_of_lower_ones(pairs: list[tuple[int, int]]):
    low, high = (_pairs_decided(pairs, confidence_level=level) for level in (0.8, 0.99))
    for name in ("difference", "lift", "fixed", "always_valid"):
        assert (high[f"{name}_lower"] < low[f"{name}_lower"]).all()
        assert (high[f"{name}_upper"] > low[f"{name}_upper"]).all()
    width = {
        kind: low[f"{kind}_upper"] - low[f"{kind}_lower"] for kind in ("always_valid", "fixed")
    }
    assert (width["always_valid"] > width["fixed"]).all()
