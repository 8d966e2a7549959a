"""How right methods were: errors and coverage of past forecasts, by series and horizon."""

from dataclasses import dataclass

import numpy as np

from python_assets.forecasting.conformal import Intervals
from python_assets.forecasting.errors import shares
from python_assets.forecasting.rolling import Group, Rolling, origins_scored
from python_assets.forecasting.series import Booleans, Floats, Integers

# Bounds of a forecast that is exactly right lie on what came, but for the last bits of a sum.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Trial:
    """One method against what came on the latest targets.

    Attributes:
        came: Series x steps x targets; NaN where nothing is scored.
        rolling: Its forecasts, the past ones of at least these targets.
        intervals: Their bounds.
    """

    came: Floats
    rolling: Rolling
    intervals: Intervals

    @property
    def past(self) -> Floats:
        """Forecasts of the targets."""
        return self.rolling.past[:, :, -self.came.shape[2] :]


@dataclass(frozen=True)
class Measures:
    """One number per series; coverage per series x level.

    Attributes:
        origins: Origins from which anything was scored.
        days: Forecasts that were scored: days, or totals.
        wape: Sum of absolute errors by the sum of what came.
        total_error: Sum of errors by the sum of what came; above 0 when too much was forecast.
        bias: Mean error, in the unit of the series.
        coverage: Share of what came that lay within the bounds, where there were any. A day on
            which nothing was expected and nothing came says nothing about bounds and is left out.
        evaluated_from: First target that was scored, counted from the first one of the trial.
        evaluated_to: Last one.
    """

    origins: Integers
    days: Integers
    wape: Floats
    total_error: Floats
    bias: Floats
    coverage: Floats
    evaluated_from: Integers
    evaluated_to: Integers


def measure(trial: Trial, group: Group) -> Measures:
    """Hold the forecasts of a group of steps against what came."""
    came, said = trial.came[:, group.steps], trial.past[:, group.steps]
    is_scored = ~np.isnan(came) & ~np.isnan(said)
    days = is_scored.sum(axis=(1, 2))
    error = _row_sums(np.where(is_scored, said - came, 0))
    absolute = _row_sums(np.where(is_scored, np.abs(said - came), 0))
    total = _row_sums(np.where(is_scored, came, 0))
    size = _row_sums(np.where(is_scored, np.abs(came), 0))
    is_target = np.asarray(is_scored.any(axis=1))
    return Measures(
        origins=origins_scored(is_scored),
        days=days,
        wape=shares(absolute, size),
        total_error=shares(error, np.abs(total)),
        bias=shares(error, days.astype(np.float64)),
        coverage=_coverage(trial, group, is_scored),
        evaluated_from=is_target.argmax(axis=1),
        evaluated_to=is_target.shape[1] - 1 - is_target[:, ::-1].argmax(axis=1),
    )


def _coverage(trial: Trial, group: Group, is_scored: Booleans) -> Floats:
    came = trial.came[:, group.steps]
    lower = trial.intervals.lower[:, group.steps]
    upper = trial.intervals.upper[:, group.steps]
    slack = _ROUNDING * np.abs(came)
    columns = []
    for level in range(lower.shape[3]):
        below, above = lower[..., level], upper[..., level]
        is_nothing = (above == 0) & (came == 0)
        counts = is_scored & ~np.isnan(above) & ~is_nothing
        is_inside = counts & (came >= below - slack) & (came <= above + slack)
        inside, counted = (flags.sum(axis=(1, 2)).astype(float) for flags in (is_inside, counts))
        columns.append(shares(inside, counted))
    return np.stack(columns, axis=1)


def _row_sums(values: Floats) -> Floats:
    """Sum all of each series in one order, however many series there are."""
    count, steps, targets = values.shape
    return np.asarray(values.reshape(count, steps * targets).sum(axis=1))
