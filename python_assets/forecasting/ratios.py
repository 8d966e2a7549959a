"""Ratios of totals that are still to come, such as ROAS: revenue by spend."""

import numpy as np
import pandas as pd

from python_assets.forecasting.conformal import bounds, offsets
from python_assets.forecasting.errors import shares
from python_assets.forecasting.forecast import HORIZON_DAYS, LEVELS, TOTALS
from python_assets.forecasting.plan import CALIBRATION_DAYS, CHUNK, Plan
from python_assets.forecasting.rolling import Rolling, actuals
from python_assets.forecasting.series import DailySeries, Floats, Integers
from python_assets.forecasting.tables import NO_METHOD, bound_columns, explain, step_columns
from python_assets.forecasting.trials import Trials, try_methods

_NO_RATIO = "the denominator is forecast as 0, so that there is no ratio"


def forecast_ratios(  # noqa: PLR0913 (settings, named where it is called)
    numerators: DailySeries,
    denominators: DailySeries,
    *,
    horizon_days: int = HORIZON_DAYS,
    totals: tuple[int, ...] = TOTALS,
    levels: tuple[float, ...] = LEVELS,
    evaluation_weeks: int = 12,
) -> pd.DataFrame:
    """Forecast the ratio of two totals, with intervals from past errors of the ratio itself.

    Bounds of a ratio do not follow from those of its parts, because errors of the parts go
    together: more spend brings more revenue. Each part is forecast by the method that is best on
    it; the ratio of the forecasts is held against that of the totals that came, from every origin
    where both were above 0, and its relative errors make the intervals as in `conformal`.

    Args:
        numerators: Such as revenue by campaign.
        denominators: Such as spend by campaign: the same names in the same order, and days.
        horizon_days: Days whose forecasts choose the method of each part.
        totals: Lengths of totals from the next day on, in days.
        levels: Coverages of the intervals.
        evaluation_weeks: Weeks of targets that methods are scored on.

    Returns:
        One row per series and total, in the columns of `Forecasts.forecasts`; `method` names that
        of the numerator and of the denominator. Without enough history, or a denominator above 0,
        the forecast is null and why_not says so.

    Raises:
        ValueError: If the series differ in names or days, or an argument is out of range.
    """
    if numerators.names != denominators.names or (
        (numerators.first_day, numerators.days) != (denominators.first_day, denominators.days)
    ):
        raise ValueError("numerators and denominators need the same names, in order, and days")
    plan = Plan.of(horizon_days, totals, levels, evaluation_weeks)
    rows = range(0, max(len(numerators.names), 1), CHUNK)
    frames = [
        _table(
            try_methods(numerators.rows(first, first + CHUNK), plan),
            try_methods(denominators.rows(first, first + CHUNK), plan),
            plan,
        )
        for first in rows
    ]
    return pd.concat(frames, ignore_index=True)


def _table(above: Trials, below: Trials, plan: Plan) -> pd.DataFrame:
    ratio, came = _ratios(above, below, plan)
    lower, upper, origins = _bounded(ratio, came, plan)
    starts = np.maximum(above.starts, below.starts)
    why_not = explain(above.series, starts, upper, origins, plan.levels)
    has_history = ~np.isnan(_totals_of(above, plan).ahead) & ~np.isnan(
        _totals_of(below, plan).ahead
    )
    why_not[np.isnan(ratio.ahead) & has_history] = _NO_RATIO
    methods = [f"{top} / {bottom}" for top, bottom in zip(above.used, below.used, strict=True)]
    used = np.where(np.isnan(ratio.ahead), NO_METHOD, np.array(methods, dtype=object)[:, None])
    frame = step_columns(above.series, plan.steps)
    frame = frame[frame["period"] == "total"].reset_index(drop=True)
    frame["forecast"] = ratio.ahead.reshape(-1)
    for name, column in bound_columns(lower, upper, plan.levels).items():
        frame[name] = column
    frame["method"] = used.reshape(-1)
    frame["why_not"] = pd.Series(why_not.reshape(-1), dtype=object)
    return frame


def _ratios(above: Trials, below: Trials, plan: Plan) -> tuple[Rolling, Floats]:
    """Forecast ratios, and those that came: series x totals x targets."""
    top, bottom = _totals_of(above, plan), _totals_of(below, plan)
    first = plan.first_target(above.series.days)
    totals = slice(plan.steps.horizon_days, None)
    earned = actuals(above.series, plan.steps, first)[:, totals]
    spent = actuals(below.series, plan.steps, first)[:, totals]
    ratio = Rolling(shares(top.past, bottom.past), shares(top.ahead, bottom.ahead))
    return ratio, shares(earned, spent)


def _totals_of(trials: Trials, plan: Plan) -> Rolling:
    totals = slice(plan.steps.horizon_days, None)
    by_method = trials.by_method.items()
    return Rolling(
        trials.of_used({name: trial.rolling.past for name, trial in by_method})[:, totals],
        trials.of_used({name: trial.rolling.ahead for name, trial in by_method})[:, totals],
    )


def _bounded(ratio: Rolling, came: Floats, plan: Plan) -> tuple[Floats, Floats, Integers]:
    relative = np.full(came.shape, np.nan)
    np.divide(came - ratio.past, ratio.past, out=relative, where=ratio.past > 0)
    lower, upper = (np.full((*ratio.ahead.shape, len(plan.levels)), np.nan) for _ in range(2))
    origins = np.zeros(ratio.ahead.shape, dtype=np.int64)
    for place, length in enumerate(plan.steps.totals):
        window = relative[:, place : place + 1, -CALIBRATION_DAYS:]
        (low, high), origins[:, place] = offsets(window, plan.levels, length)
        middle = ratio.ahead[:, place]
        lower[:, place], upper[:, place] = bounds(middle, middle, low, high)
    return lower, upper, origins
