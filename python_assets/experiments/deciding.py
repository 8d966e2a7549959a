"""One table of results for all experiments: numbers, winners, and sentences."""

import numpy as np
import pandas as pd

from python_assets.experiments.arrays import Booleans, quotient
from python_assets.experiments.comparing import compare
from python_assets.experiments.pairing import KEY, Pairs, pair_up
from python_assets.experiments.reasons import add_reasons
from python_assets.experiments.rules import Rules
from python_assets.experiments.samples import samples
from python_assets.experiments.supplements import cuped_columns, power_columns, raw_columns
from python_assets.experiments.verdicts import add_significance, add_winners
from python_assets.experiments.wording import add_recommendations

__all__ = ["COLUMNS", "Rules", "decide"]

# In the order of the results, with what each is: text (None where null), a number (nan where null),
# a whole number, or a truth.
_TEXT, _NUMBER, _WHOLE, _TRUTH = "object", "float64", "int64", "bool"
COLUMNS = {
    "experiment": _TEXT,
    "variant": _TEXT,
    "metric": _TEXT,
    "dimension": _TEXT,
    "dimension_value": _TEXT,
    "metric_role": _TEXT,
    "metric_kind": _TEXT,
    "control_value": _NUMBER,
    "treatment_value": _NUMBER,
    "difference": _NUMBER,
    "difference_lower": _NUMBER,
    "difference_upper": _NUMBER,
    "interval_kind": _TEXT,
    "fixed_lower": _NUMBER,
    "fixed_upper": _NUMBER,
    "always_valid_lower": _NUMBER,
    "always_valid_upper": _NUMBER,
    "always_valid_p_value": _NUMBER,
    "always_valid_adjusted_p_value": _NUMBER,
    "lift": _NUMBER,
    "lift_lower": _NUMBER,
    "lift_upper": _NUMBER,
    "p_value": _NUMBER,
    "adjusted_p_value": _NUMBER,
    "is_significant": _TRUTH,
    "srm_p_value": _NUMBER,
    "has_srm": _TRUTH,
    "control_units": _WHOLE,
    "treatment_units": _WHOLE,
    "sample_size": _WHOLE,
    "target_sample_size": _NUMBER,
    "progress": _NUMBER,
    "days_running": _NUMBER,
    "achieved_power": _NUMBER,
    "minimum_detectable_lift": _NUMBER,
    "cuped_difference": _NUMBER,
    "cuped_lower": _NUMBER,
    "cuped_upper": _NUMBER,
    "cuped_p_value": _NUMBER,
    "variance_reduction": _NUMBER,
    "raw_control_value": _NUMBER,
    "raw_treatment_value": _NUMBER,
    "raw_difference": _NUMBER,
    "raw_p_value": _NUMBER,
    "winsorised_at": _NUMBER,
    "confidence_level": _NUMBER,
    "excluded_units": _NUMBER,
    "unknown_variant_units": _NUMBER,
    "winner": _TEXT,
    "recommendation": _TEXT,
    "why_not": _TEXT,
}
_FACTS = [
    "confidence_level",
    "target_sample_size",
    "minimum_effect",
    "days_running",
    "excluded_units",
    "unknown_variant_units",
]
# Frames without rows come from a database with columns of any type.
_TEXTS_OF_EXPERIMENTS = ["experiment", "primary_metric", "status"]
_TEXTS_OF_ARMS = [*KEY, "source", "metric_kind"]


def decide(experiments: pd.DataFrame, arms: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Decide experiments from the sums of their arms.

    Proportions have the p value of the pooled z test and Newcombe's interval, means those of
    Welch's t test, ratios those of the delta method; all are decided as differences, and lifts
    have the interval of their logarithm. Once the target sample is reached the interval of one
    look decides; before, or without a target, the always-valid one. A paused or completed
    experiment is judged like a running one, by what was measured until then.

    A winner is named only on rows of the primary metric (on all of an experiment alike), and only
    if units are split as planned (p at or above `srm_threshold`), `minimum_days` whole days have
    passed, the deciding interval excludes 0, the p value after Holm's correction is below
    1 - confidence level (the always-valid one too, where that decides), and no guardrail is
    significantly worse. It is the best such treatment, or control if all treatments are
    significantly worse. Otherwise why_not has everything that is missing.

    Args:
        experiments: A row each: experiment, status (running, paused, completed), primary_metric,
            guardrail_metrics (list), confidence_level, target_sample_size (units over all
            variants; null without), minimum_effect (relative lift worth finding; null without),
            days_running (whole days), excluded_units, unknown_variant_units. Others are ignored.
        arms: A row per experiment, metric, dimension, dimension_value ('all' for the whole) and
            variant: is_control, split, source ('units', or 'ad_days' for days of ad sets, whose
            split is not tested), metric_kind (proportion, mean, ratio), is_lower_better, the
            sums of `Moments`, winsorised_at (null where nothing was cut off), raw_numerator,
            raw_numerator_squares. A variant that nobody was exposed to has units of 0.
        rules: What a winner needs.

    Returns:
        `COLUMNS`: a row per experiment, treatment, metric and dimension value, ordered by
        experiment, dimension, dimension value, role (primary first), metric and variant. What
        there is nothing to tell of is `nan` or None. An experiment that cannot be compared has
        rows too: of every arm without a (single) control, of the only arm, and with an empty
        variant without arms.

    Raises:
        ValueError: If an experiment or an arm is there more than once.
    """
    facts = experiments.assign(**{name: _doubles(experiments[name]) for name in _FACTS})
    facts = facts.astype(dict.fromkeys(_TEXTS_OF_EXPERIMENTS, "str"))
    arms = arms[arms["experiment"].isin(experiments["experiment"])]
    arms = arms.astype(dict.fromkeys(_TEXTS_OF_ARMS, "str"))
    pairs = pair_up(facts, arms)
    counts = samples(facts, arms)
    rows = pairs.rows.join(counts, on="experiment")
    is_reached = (rows["sample_size"] >= rows["target_sample_size"]).to_numpy(bool)
    numbers = compare(pairs, is_reached, rules)
    has_p_value = numbers["p_value"].notna().to_numpy()
    results = pd.concat([rows, numbers], axis=1).assign(
        is_fixed_horizon=is_reached,
        is_lower_better=pairs.is_lower_better,
        has_srm=rows["srm_p_value"] < rules.srm_threshold,
        unit_word=np.where(rows["is_of_ad_days"], "days", "units"),
        **power_columns(pairs, numbers, rules.power),
        **cuped_columns(pairs, has_p_value),
        **raw_columns(pairs, numbers),
    )
    results = add_winners(add_significance(results), rules)
    results = add_recommendations(add_reasons(results, rules))
    return _finished(results, pairs, has_p_value)


def _finished(results: pd.DataFrame, pairs: Pairs, has_p_value: Booleans) -> pd.DataFrame:
    """Columns, in their order and types, of the results."""
    kind = pairs.treatment["metric_kind"].fillna(pairs.control["metric_kind"])
    decided_by = np.where(results["is_fixed_horizon"], "fixed_horizon", "always_valid")
    results = results.assign(
        metric_kind=kind,
        interval_kind=pd.Series(decided_by, index=results.index).where(has_p_value),
        progress=quotient(results["sample_size"], results["target_sample_size"]),
    )
    texts = [name for name, kind in COLUMNS.items() if kind == _TEXT]
    for name in texts:
        column = results[name].astype(object)
        results[name] = column.where(column.notna(), None)
    return results[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def _doubles(column: "pd.Series[float]") -> "pd.Series[float]":
    return pd.to_numeric(column).astype(np.float64)
