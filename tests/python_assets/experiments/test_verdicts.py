"""Winners: when there is one, who it is, and what forbids it."""

import numpy as np
import pandas as pd
import pytest

from python_assets.experiments.deciding import Rules, decide
from python_assets.experiments.moments import Moments
from tests.python_assets.experiments.samples import arm, converted, experiment, frame

Arms = list[dict[str, object]]


def _results(arms: Arms, **changed: object) -> pd.DataFrame:
    return decide(pd.DataFrame([experiment(**changed)]), frame(arms), Rules())


def _three(*successes: int) -> Arms:
    return [
        converted(name, count, 1000, split=1 / len(successes))
        for name, count in zip("abcd", successes, strict=False)
    ]


def _costs(mean_a: float, mean_b: float, metric: str = "cpc") -> Arms:
    clicks = 1 + np.arange(1000) % 4
    return [
        arm(name, Moments.from_units(mean * clicks + np.arange(1000) % 3, clicks), metric=metric,
            metric_kind="ratio", is_lower_better=True)
        for name, mean in (("a", mean_a), ("b", mean_b))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("successes", "winner"),
    [
        ((100, 150), "b"),
        ((150, 100), "a"),
        ((100, 110), None),
        ((100, 150, 200), "c"),
        ((100, 150, 100), "b"),
        ((150, 100, 90), "a"),
        # One is worse, the other undecided: neither that one nor control has won.
        ((150, 100, 150), None),
        ((100, 50, 150), "c"),
    ],
)
def test_the_best_of_those_that_are_significantly_better_wins_or_control(
    successes: tuple[int, ...], winner: str | None
):
    results = _results(_three(*successes))
    assert set(results["winner"]) == {winner}
    assert results["why_not"].isna().all() == (winner is not None)


def test_where_two_cannot_be_told_apart_it_says_so():
    of_b, of_c = _results(_three(100, 158, 160))["recommendation"]
    assert of_b.startswith("c is ahead of b, but the two cannot be told apart, so use either")
    assert of_c.startswith("Use c: with c, conversion rate is 60.0 % higher than with a")
    of_b, _ = _results(_three(100, 150, 250))["recommendation"]
    assert of_b.startswith("Use c rather than b: ")


def test_less_is_better_where_the_metric_says_so():
    results = _results(_costs(3.0, 2.5), primary_metric="cpc")
    assert results["difference"][0] < 0
    assert results["winner"][0] == "b"
    assert _results(_costs(2.5, 3.0), primary_metric="cpc")["winner"][0] == "a"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"days_running": 6}, "ran 6 of 7 whole days"),
        ({"target_sample_size": 4000}, "target sample of 4,000 not reached (2,000)"),
        ({"target_sample_size": None}, "no target sample is set"),
    ],
)
def test_too_early_there_is_no_winner(changed: dict[str, object], why: str):
    # Significant by one look and not by the always-valid interval.
    results = _results(_three(100, 135), **changed)
    assert results["winner"][0] is None
    assert why in results["why_not"][0]
    assert results["p_value"][0] < 0.05


def test_before_the_target_an_always_valid_interval_may_decide():
    results = _results(_three(100, 200), target_sample_size=1_000_000)
    assert results["interval_kind"][0] == "always_valid"
    assert results["winner"][0] == "b"
    assert results["progress"][0] == 0.002


def test_a_split_other_than_planned_forbids_a_winner():
    arms = [converted("a", 100, 1000), converted("b", 200, 1300)]
    results = _results(arms)
    assert results["has_srm"][0]
    assert results["is_significant"][0]
    assert results["winner"][0] is None
    planned = [{**arms[0], "split": 1000 / 2300}, {**arms[1], "split": 1300 / 2300}]
    assert _results(planned)["winner"][0] == "b"


def test_a_guardrail_that_got_worse_forbids_the_variant():
    worse, better = _costs(2.5, 3.0), _costs(3.0, 2.5)
    rows = _results(_three(100, 150) + worse, guardrail_metrics=["cpc"])
    assert rows["metric_role"].tolist() == ["primary", "guardrail"]
    assert rows["winner"].tolist() == [None, None]
    assert rows["why_not"].tolist() == ["significantly worse by CPC", None]
    assert rows["recommendation"][0].startswith("Do not switch to b yet: with b, conversion rate")
    assert rows["recommendation"][1].startswith("Guardrail is harmed, so do not switch to b")
    rows = _results(_three(100, 150) + better, guardrail_metrics=["cpc"])
    assert rows["winner"].tolist() == ["b", None]
    assert rows["recommendation"][1].startswith("Guardrail has improved")


def test_another_variant_that_harms_nothing_wins_instead():
    harmed = _costs(2.5, 3.0)
    harmed = [
        harmed[0],
        {**harmed[1], "variant": "c"},
        {**harmed[0], "variant": "b", "is_control": False},
    ]
    rows = _results(_three(100, 150, 200) + harmed, guardrail_metrics=["cpc"])
    assert rows["winner"].tolist() == ["b", "b", None, None]


def test_variants_are_adjusted_within_a_metric():
    results = _results(_three(100, 131, 100, 100))
    assert results["p_value"][0] < 0.05
    assert results["adjusted_p_value"][0] == pytest.approx(3 * results["p_value"][0])
    assert results["winner"][0] is None


@pytest.mark.parametrize(
    ("status", "target", "advice"),
    [
        ("running", 4000, "No winner yet, so do not act on b; let it run"),
        ("running", 2000, "No clear difference at the planned sample, so keep a"),
        ("paused", 4000, "Paused without a winner, so keep a or resume"),
        ("completed", 2000, "Ended without a winner, so keep a or test again with more units"),
    ],
)
def test_advice_depends_on_what_can_still_be_done(status: str, target: int, advice: str):
    results = _results(_three(100, 105), status=status, target_sample_size=target)
    assert results["recommendation"][0].startswith(advice)


def test_days_of_ad_sets_have_no_split_to_test():
    arms = [
        {**one, "source": "ad_days", "units": units}
        for one, units in zip(_three(50, 60), (20, 90), strict=True)
    ]
    arms = [{**one, "numerator": 10, "numerator_squares": 10} for one in arms]
    row = _results(arms).iloc[0]
    assert np.isnan(row["srm_p_value"])
    assert not row["has_srm"]
    assert row["sample_size"] == 110
    assert "arms are days of ad sets" in row["recommendation"]
