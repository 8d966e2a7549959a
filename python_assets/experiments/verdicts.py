"""What the numbers mean: significance, winners, and whether two treatments can be told apart."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from python_assets.experiments.arrays import Booleans
from python_assets.experiments.multiplicity import adjusted_p_values
from python_assets.experiments.pairing import CELL
from python_assets.experiments.rows import metric_words
from python_assets.experiments.rules import Rules

_FAMILY = ["experiment", "metric", "dimension"]


def add_significance(results: pd.DataFrame) -> pd.DataFrame:
    """Say which differences are more than chance.

    Holm's method is applied over the variants (and dimension values) of an experiment within a
    metric, to both p values. Significant is what is below 1 - confidence level by the p value of
    one look and, unless the target sample is reached, by the always-valid one too, if the
    interval that decides excludes 0.

    Args:
        results: Rows with p values and intervals, is_fixed_horizon, is_lower_better.

    Returns:
        The rows with adjusted p values, excludes_zero, is_significant, is_better, is_worse.
    """
    family = results.groupby(_FAMILY, sort=False).ngroup().to_numpy()
    adjusted = adjusted_p_values(results["p_value"], family)
    always_adjusted = adjusted_p_values(results["always_valid_p_value"], family)
    alpha = 1 - results["confidence_level"]
    excludes_zero = (results["difference_lower"] > 0) | (results["difference_upper"] < 0)
    holds_always = results["is_fixed_horizon"] | (always_adjusted < alpha)
    is_significant = excludes_zero & (adjusted < alpha) & holds_always
    is_gain = (results["difference"] > 0) ^ results["is_lower_better"]
    return results.assign(
        adjusted_p_value=adjusted,
        always_valid_adjusted_p_value=always_adjusted,
        excludes_zero=excludes_zero,
        is_significant=is_significant,
        is_better=is_significant & is_gain,
        is_worse=is_significant & ~is_gain,
    )


def add_winners(results: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Name the winner of every experiment (and dimension value) that has one.

    The best of the treatments that are significantly better than control by the primary metric,
    and significantly worse by no guardrail; control, if all treatments are significantly worse.
    Only if units are split as planned, and enough whole days have passed.

    Args:
        results: Rows of `add_significance`, with has_srm, days_running, fewest_effective_units.
        rules: Minimum days and conversions.

    Returns:
        The rows with can_decide, rests_on_enough, harmed (guardrails that got worse, as text),
        and on primary rows winner and is_tied (not to be told apart from the winner).
    """
    is_primary = results["metric_role"] == "primary"
    can_decide = (
        ~results["has_srm"]
        & (results["days_running"] >= rules.minimum_days)
        & results["has_control"]
        & results["has_treatment"]
    )
    rests_on_enough = ~(results["fewest_effective_units"] < rules.minimum_conversions)
    results = results.assign(
        can_decide=can_decide, rests_on_enough=rests_on_enough, harmed=_harmed(results)
    )
    is_sure = is_primary & can_decide & rests_on_enough
    is_candidate = is_sure & results["is_better"] & (results["harmed"] == "")
    best = _best(results, is_candidate)
    cells = results[CELL]
    row_of_best = cells.merge(best, on=CELL, how="left")["row"].to_numpy()
    has_best = ~np.isnan(row_of_best)
    place = np.where(has_best, row_of_best, 0).astype(np.int64)
    is_lost = (results["is_worse"] & is_sure) | ~is_primary
    keeps_control = is_primary & is_lost.groupby([cells[name] for name in CELL]).transform("all")
    chosen = results["variant"].astype(object)
    if len(results):
        chosen = chosen.iloc[place].set_axis(results.index)
    winner = chosen.where(has_best & is_primary, results["control"])
    winner = winner.where((has_best & is_primary) | keeps_control)
    is_tied = is_candidate & has_best & ~_is_apart(results, place)
    return results.assign(winner=winner, is_tied=is_tied)


def _harmed(results: pd.DataFrame) -> "pd.Series[str]":
    """Guardrails by which a variant is significantly worse, at every row of the variant."""
    keys = [*CELL, "variant"]
    worse = results[(results["metric_role"] == "guardrail") & results["is_worse"]]
    worse = worse.assign(words=worse["metric"].map(metric_words))
    named = worse.groupby(keys)["words"].agg(" and ".join).rename("harmed").reset_index()
    return results[keys].merge(named, on=keys, how="left")["harmed"].fillna("")


def _best(results: pd.DataFrame, is_candidate: "pd.Series[bool]") -> pd.DataFrame:
    """The row number of the best candidate of each experiment and dimension value."""
    gain = results["difference"].where(~results["is_lower_better"], -results["difference"])
    numbered = results[[*CELL, "variant"]].assign(gain=gain, row=np.arange(len(results)))
    candidates = numbered[is_candidate]
    ranked = candidates.sort_values(
        [*CELL, "gain", "variant"], ascending=[True] * 3 + [False, True]
    )
    return ranked.drop_duplicates(CELL)[[*CELL, "row"]]


def _is_apart(results: pd.DataFrame, place: npt.NDArray[np.int64]) -> Booleans:
    """Which rows are told apart from the row at a place, itself included as apart."""
    value, error = (
        results[name].to_numpy(np.float64) for name in ("treatment_value", "treatment_error")
    )
    reach = results["critical"].to_numpy(np.float64) * np.hypot(error, error[place])
    is_same = place == np.arange(len(results))
    return np.asarray(is_same | (np.abs(value - value[place]) > reach), dtype=np.bool_)
