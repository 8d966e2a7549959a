"""Prediction intervals from how wrong the same method was on the same series.

A score is an error by the size of what was to be expected, so that scores of strong and weak
weekdays, and of a level that grows, are comparable. Bounds are quantiles of scores times the size
(split conformal prediction: Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World,
2005; on rolling origins: Stankeviciute, Alaa, van der Schaar: Conformal time-series forecasting,
2021). What is used at an origin was known there, so that the coverage of past bounds is out of
sample.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from python_assets.forecasting.plan import CALIBRATION_DAYS, RECALIBRATION_DAYS, Plan
from python_assets.forecasting.rolling import Group, Rolling
from python_assets.forecasting.series import Floats, Integers

# Of a spread nothing can be learnt from one value.
_FEWEST_APART = 2
# Products such as 40 * .975 end a little above the whole number that they are.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Intervals:
    """Bounds of one method's forecasts, by level; NaN where there are too few scores.

    Attributes:
        lower: Series x steps x targets x levels, of forecasts of the past.
        upper: Likewise.
        lower_ahead: Series x steps x levels, of forecasts from the last origin.
        upper_ahead: Likewise.
        origins: Series x steps: whole origins that the bounds ahead rest on.
    """

    lower: Floats
    upper: Floats
    lower_ahead: Floats
    upper_ahead: Floats
    origins: Integers


def calibrate(rolling: Rolling, came: Floats, sizes: Rolling, plan: Plan) -> Intervals:
    """Bound the forecasts from the last origin, and those of the latest targets as of then.

    Args:
        rolling: Forecasts of a method.
        came: Series x steps x targets, of the same targets; NaN where nothing is scored.
        sizes: What was to be expected, shaped as the forecasts are. Where it is 0 bounds are 0.
        plan: What was forecast, and the bounds that are wanted.
    """
    targets, levels = came.shape[2], plan.levels
    evaluated = min(plan.evaluation_days, targets)
    scores = np.full(came.shape, np.nan)
    np.divide(came - rolling.past, sizes.past, out=scores, where=sizes.past > 0)
    shape = (*came.shape[:2], evaluated, len(levels))
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    low_ahead, high_ahead = (np.full((*came.shape[:2], len(levels)), np.nan) for _ in range(2))
    origins = np.zeros(came.shape[:2], dtype=np.int64)
    for group in plan.steps.groups:
        window = scores[:, group.steps, max(targets - CALIBRATION_DAYS, 0) :]
        ahead, whole = offsets(window, levels, group.overlap)
        low_ahead[:, group.steps], high_ahead[:, group.steps] = (side[:, None] for side in ahead)
        origins[:, group.steps] = whole[:, None]
        _calibrate_past(scores, group, levels, low, high)
    past, size = rolling.past[:, :, -evaluated:], sizes.past[:, :, -evaluated:]
    lower, upper = bounds(past, size, low, high)
    lower_ahead, upper_ahead = bounds(rolling.ahead, sizes.ahead, low_ahead, high_ahead)
    return Intervals(lower, upper, lower_ahead, upper_ahead, origins)


def offsets(
    scores: Floats, levels: tuple[float, ...], overlap: int = 1
) -> tuple[tuple[Floats, Floats], Integers]:
    """Quantiles of scores below and above 0 that bound the next score at each level.

    Each side gets half of what is left out, so that bounds are as lopsided as the scores. With too
    few origins for that, both sides are the quantile of absolute scores, which takes half as many:
    19 instead of 39 at 95 %. Quantiles are raised as finite samples need (rank ceil((n + 1) x
    level)), and n counts origins: the scores of one origin at the steps of a group go together.

    Args:
        scores: Series x steps of a group x targets; NaN where there is none.
        levels: Ascending, between 0 and 1.
        overlap: Days that each score spans; 1 for days, the length for totals. See `_widening`.

    Returns:
        Offsets (series x levels, 0 or below, and 0 or above; NaN with too few scores), and origins.

    Example:
        >>> (low, high), origins = offsets(np.arange(-9.0, 90).reshape(1, 1, 99), (0.5, 0.8))
        >>> low.tolist(), high.tolist(), origins.tolist()
        ([[0.0, 0.0]], [[65.0, 80.0]], [99])
    """
    count, width, targets = scores.shape
    ordered = np.sort(scores.reshape(count, width * targets), axis=1)
    counts = (~np.isnan(ordered)).sum(axis=1)
    origins = counts // width
    wanted = np.array(levels)
    place = _places(counts, origins, (1 + wanted) / 2)
    low, high = _at(ordered, place, counts[:, None] - 1 - place), _at(ordered, place, place)
    rows = np.flatnonzero((place < 0).any(axis=1))
    if len(rows):
        absolute = np.sort(np.abs(ordered[rows]), axis=1)
        place = _places(counts[rows], origins[rows], wanted)
        either = _at(absolute, place, place)
        low[rows] = np.where(np.isnan(low[rows]), -either, low[rows])
        high[rows] = np.where(np.isnan(high[rows]), either, high[rows])
    # A level whose quantile had to be symmetric could lie within one whose quantiles were not.
    nested_low = np.fmin.accumulate(np.minimum(low, 0), axis=1)
    nested_high = np.fmax.accumulate(np.maximum(high, 0), axis=1)
    wider = np.where(np.isnan(high), np.nan, _widening(origins, levels, overlap))
    return (nested_low * wider, nested_high * wider), origins


def origins_needed(level: float) -> int:
    """Fewest origins that an interval of a level can rest on.

    Example:
        >>> [origins_needed(level) for level in (0.5, 0.8, 0.95)]
        [1, 4, 19]
    """
    return math.ceil(level / (1 - level) - _ROUNDING)


def bounds(forecast: Floats, size: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Turn offsets into bounds around forecasts: never negative, with the forecast inside.

    Args:
        forecast: Of any shape, 0 or more.
        size: Of the same shape.
        low: Offsets below, of that shape and levels; 0 or less.
        high: Offsets above, likewise; 0 or more.

    Returns:
        Lower and upper bounds. Where nothing is expected (size and forecast are 0) they are 0.
    """
    middle, scale = forecast[..., None], size[..., None]
    is_nothing = (middle == 0) & (scale == 0)
    lower = np.where(is_nothing, 0, np.maximum(middle + low * scale, 0))
    upper = np.where(is_nothing, 0, middle + high * scale)
    return lower, upper


def _widening(origins: Integers, levels: tuple[float, ...], overlap: int) -> Floats:
    """How much wider intervals have to be because totals from daily origins overlap.

    Half a year has 182 totals of 30 days but only 7 that share no day, and quantiles of so few
    are too near to each other. They are stretched as Student's quantiles are against the normal
    ones when a spread is estimated from as many values: on simulated series with a level that
    drifts, intervals of 30-day totals cover .47, .74, .89 without it, .49, .79, .94 with it.

    Returns:
        Factors of 1 or more, series x levels.
    """
    if overlap == 1:
        return np.ones((len(origins), len(levels)))
    apart = np.maximum((origins + overlap - 1) / overlap, _FEWEST_APART)
    shares = (1 + np.array(levels)) / 2
    return np.asarray(stdtrit(apart[:, None] - 1, shares) / ndtri(shares))


def _calibrate_past(
    scores: Floats, group: Group, levels: tuple[float, ...], low: Floats, high: Floats
) -> None:
    """Fill in offsets of past forecasts, from scores whose targets had come by the origin."""
    targets, evaluated = scores.shape[2], low.shape[2]
    first = targets - evaluated
    earliest_origin = first - max(group.leads) + 1
    for known in range(targets - RECALIBRATION_DAYS, -RECALIBRATION_DAYS, -RECALIBRATION_DAYS):
        if known <= earliest_origin - RECALIBRATION_DAYS or known <= 0:
            break
        window = scores[:, group.steps, max(known - CALIBRATION_DAYS, 0) : known]
        sides, _ = offsets(window, levels, group.overlap)
        for step, lead in zip(range(*group.steps.indices(low.shape[1])), group.leads, strict=True):
            # Origins from `known` to before the next calibration, as targets of this step.
            start = max(known + lead - 1 - first, 0)
            end = min(known + lead - 1 + RECALIBRATION_DAYS - first, evaluated)
            if start < end:
                low[:, step, start:end], high[:, step, start:end] = (
                    side[:, None] for side in sides
                )


def _places(counts: Integers, origins: Integers, shares: Floats) -> Integers:
    """Places of quantiles among ordered scores, series x shares; -1 with too few origins."""
    rank = np.ceil((origins[:, None] + 1) * shares - _ROUNDING)
    raised = rank / np.maximum(origins, 1)[:, None]
    place = np.ceil(counts[:, None] * raised - _ROUNDING) - 1
    return np.where(rank <= origins[:, None], place, -1).astype(np.int64)


def _at(ordered: Floats, place: Integers, wanted: Integers) -> Floats:
    """Scores at the wanted places, NaN where there is no place."""
    if not ordered.shape[1]:
        return np.full(place.shape, np.nan)
    found = np.take_along_axis(ordered, np.maximum(wanted, 0) * (place >= 0), axis=1)
    return np.where(place >= 0, found, np.nan)
