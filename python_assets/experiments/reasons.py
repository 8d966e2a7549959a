"""Why there is no winner, or no p value: everything that is missing, with its numbers."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from python_assets.experiments.rows import ResultRow, metric_words, result_rows
from python_assets.experiments.rules import Rules

Reason = tuple["pd.Series[bool]", Callable[[ResultRow], str]]


def add_reasons(results: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Say on every row what keeps it from a result.

    Args:
        results: Rows of `add_winners`.
        rules: By which it was decided.

    Returns:
        The rows with why_not: on primary rows whatever a winner lacks, on guardrail rows why there
        is no p value; none where nothing is missing.
    """
    is_undecided = (results["metric_role"] == "primary") & results["winner"].isna()
    rows = result_rows(results)
    parts: list[list[str]] = [[] for _ in rows]
    for is_missing, say in (
        *_no_comparison(results, rules),
        *_no_winner(results, rules, is_undecided),
    ):
        for number in np.flatnonzero(is_missing):
            parts[number].append(say(rows[number]))
    texts = ["; ".join(part) if part else None for part in parts]
    return results.assign(why_not=pd.Series(texts, index=results.index, dtype=object))


def _no_comparison(results: pd.DataFrame, rules: Rules) -> Iterator[Reason]:
    """What leaves no p value."""
    is_empty = results["variant"] == ""
    is_compared = results["has_control"] & results["has_treatment"]
    yield is_empty, lambda _: "no unit was exposed to any variant"
    yield (
        ~is_empty & ~results["has_control"],
        lambda _: "there is no control to compare with, or more than one",
    )
    yield (
        ~is_empty & ~results["has_treatment"],
        lambda row: f"{row.variant} is the only arm: there is nothing to compare it with",
    )
    is_open = is_compared & results["p_value"].isna()
    for side, name in (("control", "control"), ("treatment", "variant")):
        yield from _unmeasured(results, is_open, side, name)
    is_measured = is_open & results["difference"].notna()
    is_thin = is_measured & (results["fewest_outcomes"] < rules.minimum_conversions)
    yield is_thin, lambda row: _thin(row, rules)
    has_two = (results["control_units"] > 1) & (results["treatment_units"] > 1)
    yield (
        is_measured & ~is_thin & has_two,
        lambda row: f"{metric_words(row.metric)} does not vary between units",
    )


def _unmeasured(
    results: pd.DataFrame, is_open: "pd.Series[bool]", side: str, name: str
) -> Iterator[Reason]:
    """What an arm lacks."""
    units = results[f"{side}_units"]
    yield (
        is_open & (units == 0),
        lambda row: f"no {row.unit_word} in {getattr(row, name)}",
    )
    yield (
        is_open & (units > 0) & results[f"{side}_value"].isna(),
        lambda row: f"{metric_words(row.metric)} has no denominator in {getattr(row, name)}",
    )
    yield (
        is_open
        & (units == 1)
        & results[f"{side}_value"].notna()
        & results["fewest_outcomes"].isna(),
        lambda row: f"only 1 of the {row.unit_word} is in {getattr(row, name)}: 2 are needed",
    )


def _no_winner(
    results: pd.DataFrame, rules: Rules, is_undecided: "pd.Series[bool]"
) -> Iterator[Reason]:
    """What an undecided experiment lacks, then what the variant lacks."""
    is_compared = is_undecided & results["has_control"] & results["has_treatment"]
    yield is_undecided & results["has_srm"], _mismatch
    yield (
        is_undecided & ~(results["days_running"] >= rules.minimum_days),
        lambda row: f"ran {_days(row.days_running)} of {rules.minimum_days} whole days",
    )
    yield (
        is_compared & ~results["is_fixed_horizon"] & ~results["is_significant"],
        _short_of_target,
    )
    yield from _not_significant(results, is_compared & results["p_value"].notna(), rules)
    yield (
        is_compared & (results["harmed"] != ""),
        lambda row: f"significantly worse by {row.harmed}",
    )
    yield (
        is_compared & results["is_worse"] & results["can_decide"] & results["rests_on_enough"],
        lambda row: f"{row.variant} is significantly worse, but not every variant is decided",
    )


def _not_significant(
    results: pd.DataFrame, has_p: "pd.Series[bool]", rules: Rules
) -> Iterator[Reason]:
    """What a variant that has a p value lacks."""
    yield has_p & ~results["excludes_zero"], _includes_zero
    alpha = 1 - results["confidence_level"]
    yield (
        has_p & ~(results["adjusted_p_value"] < alpha),
        lambda row: (
            f"adjusted p value {row.adjusted_p_value:.2g} is not below "
            f"{1 - row.confidence_level:.2g}"
        ),
    )
    yield (
        has_p
        & ~results["is_fixed_horizon"]
        & results["excludes_zero"]
        & ~(results["always_valid_adjusted_p_value"] < alpha),
        lambda row: (
            "always-valid p value adjusted for several comparisons "
            f"{row.always_valid_adjusted_p_value:.2g} is not below {1 - row.confidence_level:.2g}"
        ),
    )
    yield (
        has_p & ~results["rests_on_enough"],
        lambda row: (
            f"{metric_words(row.metric)} rests on about {row.fewest_effective_units:.1f} "
            f"{row.unit_word} in one arm, {rules.minimum_conversions} are needed"
        ),
    )


def _thin(row: ResultRow, rules: Rules) -> str:
    outcomes = [
        (name, count)
        for name, rate, units in (
            (row.control, row.control_value, row.control_units),
            (row.variant, row.treatment_value, row.treatment_units),
        )
        for count in [min(round(rate * units), round((1 - rate) * units))]
        if count < rules.minimum_conversions
    ]
    found = " and ".join(f"{count:,} in {name}" for name, count in outcomes)
    return (
        f"too few units that did or did not convert ({found}): "
        f"{rules.minimum_conversions} of each are needed"
    )


def _mismatch(row: ResultRow) -> str:
    return (
        f"units are not split as planned ({row.observed}, planned {row.planned}, "
        f"p = {row.srm_p_value:.2g})"
    )


def _short_of_target(row: ResultRow) -> str:
    if np.isnan(row.target_sample_size):
        return "no target sample is set, so that only the always-valid interval can decide"
    return f"target sample of {row.target_sample_size:,.0f} not reached ({row.sample_size:,.0f})"


def _includes_zero(row: ResultRow) -> str:
    kind = "interval" if row.is_fixed_horizon else "always-valid interval"
    return f"{kind} includes 0"


def _days(days: float) -> str:
    return "0" if np.isnan(days) else f"{max(days, 0):.0f}"
