"""Every method on the same series: forecasts, intervals and what came, of a few series at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from python_assets.forecasting.accuracy import Trial
from python_assets.forecasting.conformal import calibrate
from python_assets.forecasting.methods import BASELINE, METHODS, Method, weekday_level
from python_assets.forecasting.plan import Plan
from python_assets.forecasting.rolling import Rolling, actuals, roll
from python_assets.forecasting.selection import best_methods, daily_wape
from python_assets.forecasting.series import (
    DailySeries,
    Floats,
    Integers,
    first_sales,
    require_open_days,
)

Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True)
class Trials:
    """All methods on some series.

    Attributes:
        series: The series, from their first sale on.
        starts: Day of the first sale, as `first_sales` has it.
        by_method: Each method's trial, by name.
        used: The method that is used for each series.
    """

    series: DailySeries
    starts: Integers
    by_method: Mapping[str, Trial]
    used: tuple[str, ...]

    def of_used(self, parts: Mapping[str, npt.NDArray[Number]]) -> npt.NDArray[Number]:
        """Of arrays by method, whose rows are series, the row of the method that is used."""
        result = np.empty_like(next(iter(parts.values())))
        for name, part in parts.items():
            rows = np.array([used == name for used in self.used], dtype=bool)
            result[rows] = part[rows]
        return result


def try_methods(series: DailySeries, plan: Plan, methods: Mapping[str, Method] = METHODS) -> Trials:
    """Forecast with every method, bound it, and choose between them by series.

    Raises:
        ValueError: If it is not said whether the shop is open on all days to forecast, or the
            baseline is none of the methods.
    """
    require_open_days(series, plan.steps.furthest)
    starts = first_sales(series.values)
    is_before = np.arange(series.days) < starts[:, None]
    series = replace(series, values=np.where(is_before, np.nan, series.values))
    first = plan.first_target(series.days)
    came = actuals(series, plan.steps, first)
    sizes = roll(series, starts, weekday_level, plan.steps, first)
    trials = {}
    for name, method in methods.items():
        is_size = method is weekday_level
        rolling = sizes if is_size else roll(series, starts, method, plan.steps, first)
        trials[name] = _trial(rolling, sizes, came, plan)
    wapes = {name: daily_wape(trial, plan.steps.horizon_days) for name, trial in trials.items()}
    return Trials(series, starts, trials, best_methods(wapes, BASELINE))


def _trial(rolling: Rolling, sizes: Rolling, came: Floats, plan: Plan) -> Trial:
    evaluated = min(plan.evaluation_days, came.shape[2])
    intervals = calibrate(rolling, came, sizes, plan)
    return Trial(came[:, :, came.shape[2] - evaluated :], rolling, intervals)
