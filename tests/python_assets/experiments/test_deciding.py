"""Results as a whole: real and published numbers, what has to hold of any experiments."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from python_assets.experiments.deciding import COLUMNS, Rules, decide
from python_assets.experiments.moments import Moments
from tests.python_assets.experiments.samples import (
    arm,
    case,
    converted,
    cookie_cats,
    experiment,
    frame,
    tea_users,
)

RULES = Rules()


def _decided(
    arms: list[dict[str, object]], rules: Rules = RULES, **changed: object
) -> dict[str, object]:
    """The only row of one experiment."""
    (row,) = decide(pd.DataFrame([experiment(**changed)]), frame(arms), rules).to_dict("records")
    return row


def _cookie_arms(column: str = "retention_7", **changed: object) -> list[dict[str, object]]:
    return [
        arm(name, Moments.from_units(units), **changed)
        for name, units in zip("ab", cookie_cats(column), strict=True)
    ]


# ---------------------------------------------------------------- published numbers


def test_cookie_cats_is_decided_by_the_published_numbers():
    row = _decided(_cookie_arms(), target_sample_size=90_000)
    test = case("two_prop_z.cc_r7")["expected"]
    sequence = case("sequential.cookie_r7_waudby_smith")["expected"]
    found = {
        "control_value": test["control_rate"],
        "treatment_value": test["treat_rate"],
        "difference": test["abs_diff"],
        "lift": test["rel_lift"],
        "p_value": test["p_two_sided_pooled"],
        "adjusted_p_value": test["p_two_sided_pooled"],
        "difference_lower": test["diff_ci95_newcombe"][0],
        "difference_upper": test["diff_ci95_newcombe"][1],
        "lift_lower": test["ratio_ci95_katz_log"][0] - 1,
        "lift_upper": test["ratio_ci95_katz_log"][1] - 1,
        "always_valid_p_value": sequence["abs_p"],
        "always_valid_lower": sequence["abs_ci95"][0],
        "always_valid_upper": sequence["abs_ci95"][1],
        "srm_p_value": case("srm.cookie")["expected"]["p"],
    }
    for name, expected in found.items():
        assert row[name] == pytest.approx(expected, rel=1e-6), name
    assert (row["interval_kind"], row["winner"], row["why_not"]) == ("fixed_horizon", "a", None)
    assert row["recommendation"] == (
        "Keep a: with b, conversion rate is 4.3 % lower than with a "
        "(95 % interval -6.9 % to -1.7 %); "
        "the target is reached, so stop it: every further look adds a chance of error."
    )


def test_without_a_target_the_same_data_do_not_decide():
    row = _decided(_cookie_arms(), target_sample_size=None)
    sequence = case("sequential.cookie_r7_waudby_smith")["expected"]
    assert (row["interval_kind"], row["winner"]) == ("always_valid", None)
    bounds = row["difference_lower"], row["difference_upper"]
    assert bounds == pytest.approx(sequence["abs_ci95"], rel=1e-6)
    assert row["p_value"] == pytest.approx(sequence["fixed_p"], rel=1e-6)
    assert not row["is_significant"]
    assert "always-valid interval includes 0" in row["why_not"]


def test_sequences_may_be_tuned_to_the_target():
    row = _decided(
        _cookie_arms(), Rules(always_valid_tuning_units=None), target_sample_size=200_000
    )
    tuned = _decided(
        _cookie_arms(), Rules(always_valid_tuning_units=200_000), target_sample_size=200_000
    )
    assert row["always_valid_p_value"] == tuned["always_valid_p_value"] < 0.05


def test_means_and_ratios_are_decided_by_the_published_numbers():
    revenue, sessions, orders = (tea_users(name) for name in ("revenue", "sessions", "orders"))
    before = tea_users("revenue_covariate")
    kinds = {
        "revenue": (revenue, [np.ones_like(x) for x in revenue], before, "mean"),
        "roas": (orders, sessions, before, "ratio"),
    }
    arms = [
        arm(name, Moments.from_units(y[i], z[i], x[i]), metric=metric, metric_kind=kind)
        for metric, (y, z, x, kind) in kinds.items()
        for i, name in enumerate("ab")
    ]
    experiments = pd.DataFrame([experiment(primary_metric="revenue", guardrail_metrics=["roas"])])
    of_revenue, of_ratio = decide(experiments, frame(arms), RULES).to_dict("records")
    mean = case("delta_or_mean.tea_users_revenue_per_user")["expected"]
    ratio = case("delta_or_mean.tea_users_orders_per_session")["expected"]
    for row, expected in ((of_revenue, mean), (of_ratio, ratio)):
        assert row["control_value"] == pytest.approx(expected["control"], rel=1e-6)
        assert row["lift"] == pytest.approx(expected["rel_lift"], rel=1e-6)
        assert row["p_value"] == pytest.approx(expected["p"], rel=1e-6)
        bounds = row["lift_lower"], row["lift_upper"]
        assert bounds == pytest.approx(expected["rel_ci95_log"], rel=1e-6)
    cuped = case("cuped.tea_users_revenue")["expected"]
    assert of_revenue["cuped_difference"] == pytest.approx(cuped["cuped_diff"], rel=1e-6)
    assert of_revenue["cuped_p_value"] == pytest.approx(cuped["cuped_p"], rel=1e-6)
    assert of_revenue["variance_reduction"] == pytest.approx(cuped["var_reduction"], rel=1e-6)


# ---------------------------------------------------------------- shape


def test_rows_are_ordered_and_typed():
    names = ["second", "first"]
    experiments = pd.DataFrame(
        [experiment(name, guardrail_metrics=["bounces", "leads"]) for name in names]
    )
    arms = [
        converted(variant, 50, 1000, experiment=name, metric=metric, dimension=dimension,
                  dimension_value=value, split=1 / 3)
        for name in names
        for metric in ("leads", "conversion_rate", "bounces", "unasked")
        for dimension, value in (("device", "mobile"), ("all", "all"), ("device", "desktop"))
        for variant in "cab"
    ]  # fmt: skip
    results = decide(experiments, frame(arms), RULES)
    assert list(results.columns) == list(COLUMNS)
    assert {name: str(kind) for name, kind in results.dtypes.items()} == COLUMNS
    keys = results[["experiment", "dimension", "dimension_value", "metric", "variant"]]
    expected = [
        (name, dimension, value, metric, variant)
        for name in ("first", "second")
        for dimension, value in (("all", "all"), ("device", "desktop"), ("device", "mobile"))
        for metric in ("conversion_rate", "bounces", "leads")
        for variant in "bc"
    ]
    assert list(keys.itertuples(index=False, name=None)) == expected
    shuffled = frame(arms).sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(decide(experiments[::-1], shuffled, RULES), results)


def test_no_experiments_have_no_results_whatever_arms_there_are():
    for arms in ([], [converted("a", 5, 10)]):
        results = decide(pd.DataFrame([experiment()]).iloc[:0], frame(arms), RULES)
        assert results.shape == (0, len(COLUMNS))


def test_arms_of_other_experiments_change_nothing():
    arms = [converted("a", 100, 1000), converted("b", 120, 1000)]
    other = [converted("c", 7, 70, experiment="other")]
    assert _decided(arms + other) == pytest.approx(_decided(arms), nan_ok=True)


def test_decimals_and_nullable_numbers_are_as_good_as_doubles():
    arms = frame([converted("a", 100, 1000), converted("b", 150, 1000)])
    typed = arms.astype({"units": "Int64", "numerator": object, "is_control": "boolean"})
    typed["numerator"] = [Decimal(100), Decimal(150)]
    experiments = pd.DataFrame([experiment()])
    pd.testing.assert_frame_equal(
        decide(experiments, typed, RULES), decide(experiments, arms, RULES)
    )


def test_within_dimensions_all_values_are_one_family_and_the_sample_is_the_whole():
    arms = [
        converted(variant, successes, 1000, dimension="device", dimension_value=value)
        for value, counts in (("desktop", (100, 135)), ("mobile", (100, 100)))
        for variant, successes in zip("ab", counts, strict=True)
    ]
    results = decide(pd.DataFrame([experiment(target_sample_size=4000)]), frame(arms), RULES)
    assert results["sample_size"].tolist() == [4000, 4000]
    assert results["srm_p_value"].tolist() == [1, 1]
    assert results["adjusted_p_value"][0] == pytest.approx(2 * results["p_value"][0])
    assert results["winner"].tolist() == ["b", None]
    assert results["recommendation"][0].startswith("For device desktop: Use b: ")


def test_an_arm_that_is_there_twice_is_refused():
    arms = frame([converted("a", 5, 10), converted("a", 5, 10)])
    with pytest.raises(ValueError, match=r"arms: .*'variant': 'a'.* more than once"):
        decide(pd.DataFrame([experiment()]), arms, RULES)
    with pytest.raises(ValueError, match=r"experiments: \{'experiment': 'x'} is there more than"):
        decide(pd.DataFrame([experiment(), experiment()]), arms[:1], RULES)
