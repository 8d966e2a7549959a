"""A sentence on every row of results that somebody can act on."""

import numpy as np
import pandas as pd

from python_assets.experiments.rows import ResultRow, metric_words, result_rows


def add_recommendations(results: pd.DataFrame) -> pd.DataFrame:
    """Say what to do.

    Args:
        results: Rows of `add_reasons`.

    Returns:
        The rows with recommendation, one sentence each: on primary rows what to do with the
        variant, on guardrail rows what they say about it.
    """
    texts = [_sentence(row) for row in result_rows(results)]
    return results.assign(recommendation=pd.Series(texts, index=results.index, dtype=object))


def _sentence(row: ResultRow) -> str:
    where = "" if row.dimension == "all" else f"For {row.dimension} {row.dimension_value}: "
    body = _primary(row) if row.metric_role == "primary" else _guardrail(row)
    days = (
        "; arms are days of ad sets, which nobody assigned by chance, so that their split is not "
        "checked"
        if row.is_of_ad_days
        else ""
    )
    return f"{where}{body}{_stop(row)}{days}."


def _stop(row: ResultRow) -> str:
    """Every look after the target is one more chance to be wrong: 14 % of A/A tests by day 60."""
    is_past_target = row.status == "running" and row.is_fixed_horizon and row.can_decide
    if row.metric_role != "primary" or not is_past_target:
        return ""
    return "; the target is reached, so stop it: every further look adds a chance of error"


def _primary(row: ResultRow) -> str:
    if isinstance(row.winner, str):
        return _unknown(row, f"use {row.winner}") if np.isnan(row.p_value) else _of_winner(row)
    if not (row.has_control and row.has_treatment):
        return f"Nothing can be compared yet: {row.why_not}"
    if row.has_srm:
        return (
            "Do not use these results: units are not split as planned, so find out why and start "
            "again"
        )
    if np.isnan(row.p_value):
        return _unknown(row, f"keep {row.control} for now")
    if row.is_better and row.harmed:
        return (
            f"Do not switch to {row.variant} yet: {_change(row)}, but it is worse by {row.harmed}"
        )
    return f"{_undecided(row)}: {_change(row)}"


def _unknown(row: ResultRow, advice: str) -> str:
    return f"Nothing can be said of {row.variant}, so {advice}: {row.why_not}"


def _of_winner(row: ResultRow) -> str:
    if row.winner == row.control:
        return f"Keep {row.control}: {_change(row)}"
    if row.winner == row.variant:
        return f"Use {row.variant}: {_change(row)}"
    if row.is_tied:
        return (
            f"{row.winner} is ahead of {row.variant}, but the two cannot be told apart, so use "
            f"either: {_change(row)}"
        )
    return f"Use {row.winner} rather than {row.variant}: {_change(row)}"


def _undecided(row: ResultRow) -> str:
    """What to do while nothing is decided, by what can still be done."""
    if row.is_worse:
        return f"Do not switch to {row.variant}"
    if row.status == "running" and row.is_fixed_horizon and row.can_decide:
        return f"No clear difference at the planned sample, so keep {row.control}"
    if row.status == "running":
        return f"No winner yet, so do not act on {row.variant}; let it run"
    if row.status == "paused":
        return f"Paused without a winner, so keep {row.control} or resume"
    return f"Ended without a winner, so keep {row.control} or test again with more units"


def _guardrail(row: ResultRow) -> str:
    if np.isnan(row.p_value):
        return f"Guardrail {metric_words(row.metric)} cannot be judged: {row.why_not}"
    if row.is_worse:
        return f"Guardrail is harmed, so do not switch to {row.variant}: {_change(row)}"
    if row.is_better:
        return f"Guardrail has improved: {_change(row)}"
    return f"No harm to this guardrail has been shown: {_change(row)}"


def _change(row: ResultRow) -> str:
    """How a metric differs, as a share of control or, where that is no share, as it is."""
    name = metric_words(row.metric)
    level = f"{100 * row.confidence_level:.4g} % interval"
    if np.isnan(row.lift_lower):
        bounds = f"{row.difference_lower:+,.4g} to {row.difference_upper:+,.4g}"
        size, against = f"{row.difference:+,.4g}", f"against {row.control}"
        return f"with {row.variant}, {name} changed by {size} {against} ({level} {bounds})"
    side = "higher" if row.lift >= 0 else "lower"
    bounds = f"{_percent(row.lift_lower)} to {_percent(row.lift_upper)}"
    return (
        f"with {row.variant}, {name} is {abs(100 * row.lift):,.1f} % {side} than with "
        f"{row.control} ({level} {bounds})"
    )


def _percent(share: float) -> str:
    return f"{100 * share:+,.1f} %"
