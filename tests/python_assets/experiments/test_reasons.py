"""What is said of experiments that have no result: a row, a reason, no number."""

import numpy as np
import pandas as pd
import pytest

from python_assets.experiments.deciding import Rules, decide
from python_assets.experiments.moments import Moments
from tests.python_assets.experiments.samples import arm, converted, experiment, frame

Arms = list[dict[str, object]]


def _rows(arms: Arms, **changed: object) -> list[dict[str, object]]:
    return decide(pd.DataFrame([experiment(**changed)]), frame(arms), Rules()).to_dict("records")


def _revenue(units: dict[str, list[float]], denominator: float = 1.0, **changed: object) -> Arms:
    return [
        arm(name, Moments.from_units(x, denominator), metric="revenue", **changed)
        for name, x in units.items()
    ]


@pytest.mark.parametrize(
    ("arms", "variants", "why"),
    [
        ([], [""], "no unit was exposed to any variant"),
        ([converted("a", 10, 100)], ["a"], "a is the only arm: there is nothing to compare"),
        ([converted("b", 10, 100)], ["b"], "there is no control to compare with, or more than one"),
        (
            [converted("b", 10, 100), converted("c", 10, 100)],
            ["b", "c"],
            "there is no control to compare with, or more than one",
        ),
        (
            [converted("a", 10, 100), converted("b", 10, 100, is_control=True)],
            ["a", "b"],
            "there is no control to compare with, or more than one",
        ),
        ([converted("a", 0, 0), converted("b", 0, 0)], ["b"], "no units in a; no units in b"),
        ([converted("a", 20, 100), converted("b", 0, 0)], ["b"], "no units in b"),
        (
            [converted("a", 0, 900), converted("b", 4, 900)],
            ["b"],
            "too few units that did or did not convert (0 in a and 4 in b): 5 of each are needed",
        ),
        (
            [converted("a", 900, 900), converted("b", 800, 900)],
            ["b"],
            "too few units that did or did not convert (0 in a): 5 of each are needed",
        ),
        ([converted("a", 1, 1), converted("b", 0, 1)], ["b"], "(0 in a and 0 in b)"),
    ],
)
def test_what_cannot_be_compared_says_so(arms: Arms, variants: list[str], why: str):
    rows = _rows(arms)
    assert [row["variant"] for row in rows] == variants
    for row in rows:
        assert why in row["why_not"]
        assert row["winner"] is None
        assert not row["is_significant"]
        for number in ("p_value", "adjusted_p_value", "always_valid_p_value", "difference_lower"):
            assert np.isnan(row[number]), number
        assert row["has_srm"] or why in row["recommendation"]


@pytest.mark.parametrize(
    ("arms", "why"),
    [
        (_revenue({"a": [1, 2], "b": [1, 3]}, 0.0, metric_kind="ratio"), "no denominator in a"),
        (_revenue({"a": [0.1] * 9, "b": [0.2] * 9}, metric_kind="mean"), "revenue does not vary"),
        (
            _revenue({"a": [5.0], "b": [5.0, 6.0]}, metric_kind="mean"),
            "only 1 of the units is in a: 2 are needed",
        ),
        ([converted("a", 50, 900), converted("b", 60, 900)], "no units in a; no units in b"),
    ],
)
def test_metrics_that_cannot_be_compared_say_so(arms: Arms, why: str):
    (row,) = _rows(arms, primary_metric="revenue")
    assert why in row["why_not"]
    assert np.isnan([row["p_value"], row["fixed_lower"], row["cuped_p_value"]]).all()


def test_everything_that_is_missing_is_listed_with_its_numbers():
    (row,) = _rows(
        [converted("a", 20, 206), converted("b", 25, 406)], target_sample_size=1000, days_running=3
    )
    assert row["why_not"] == (
        "units are not split as planned (a 206, b 406, planned 50 : 50, p = 6.2e-16); "
        "ran 3 of 7 whole days; target sample of 1,000 not reached (612); "
        "always-valid interval includes 0; adjusted p value 0.11 is not below 0.05"
    )
    assert row["recommendation"].startswith("Do not use these results")
    assert row["has_srm"]


def test_an_experiment_that_has_not_started_has_run_no_days():
    (row,) = _rows([], started_at=None, days_running=None)
    assert "ran 0 of 7 whole days" in row["why_not"]


def test_a_mean_that_rests_on_a_handful_makes_no_winner():
    few = _revenue({"a": [0] * 1000, "b": [0] * 996 + [10] * 4}, metric_kind="mean")
    (row,) = _rows(few, primary_metric="revenue")
    assert row["is_significant"]
    assert row["winner"] is None
    assert row["why_not"] == "revenue rests on about 4.0 units in one arm, 5 are needed"


def test_always_valid_p_values_are_corrected_too():
    arms = [
        converted(name, count, 2_000, split=0.25)
        for name, count in zip("abcd", (200, 268, 200, 200), strict=True)
    ]
    of_b, *_ = _rows(arms, target_sample_size=None)
    assert of_b["always_valid_p_value"] < 0.05 < of_b["always_valid_adjusted_p_value"]
    assert of_b["adjusted_p_value"] < 0.05
    assert of_b["difference_lower"] > 0
    assert not of_b["is_significant"]
    assert "always-valid p value adjusted for several comparisons" in of_b["why_not"]
