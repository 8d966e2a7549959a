"""Forecasts and their accuracy as frames, one row per thing to know."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from python_assets.forecasting.accuracy import Measures, measure
from python_assets.forecasting.conformal import origins_needed
from python_assets.forecasting.methods import BASELINE, WINDOW_DAYS
from python_assets.forecasting.plan import Plan
from python_assets.forecasting.rolling import Steps
from python_assets.forecasting.series import FEWEST_DAYS, DailySeries, Floats, Integers
from python_assets.forecasting.trials import Trials

Texts = npt.NDArray[np.object_]

NO_METHOD = "none"
ROLLING_ORIGIN = "rolling_origin"


def percent(level: float) -> str:
    """How a level is written in a column's name.

    Example:
        >>> [percent(level) for level in (0.5, 0.95, 0.995)]
        ['50', '95', '99_5']
    """
    return f"{100 * level:.10g}".replace(".", "_")


def forecast_table(trials: Trials, plan: Plan) -> pd.DataFrame:
    """One row per series and day to come, and one per series and total."""
    by_method = trials.by_method.items()
    ahead = trials.of_used({name: trial.rolling.ahead for name, trial in by_method})
    lower = trials.of_used({name: trial.intervals.lower_ahead for name, trial in by_method})
    upper = trials.of_used({name: trial.intervals.upper_ahead for name, trial in by_method})
    origins = trials.of_used({name: trial.intervals.origins for name, trial in by_method})
    why_not = explain(trials.series, trials.starts, upper, origins, plan.levels)
    used = np.where(np.isnan(ahead[:, 0]), NO_METHOD, np.array(trials.used, dtype=object))
    frame = step_columns(trials.series, plan.steps)
    frame["forecast"] = ahead.reshape(-1)
    for name, column in bound_columns(lower, upper, plan.levels).items():
        frame[name] = column
    frame["method"] = np.repeat(used, ahead.shape[1])
    frame["why_not"] = pd.Series(why_not.reshape(-1), dtype=object)
    return frame


def accuracy_table(trials: Trials, plan: Plan) -> pd.DataFrame:
    """One row per series, method and horizon on which anything could be scored."""
    first = plan.first_evaluated(trials.series.days)
    used = np.array(trials.used, dtype=object)
    blocks = []
    for group in plan.steps.groups:
        measured = {name: measure(trial, group) for name, trial in trials.by_method.items()}
        for name, measures in measured.items():
            head = {
                "series": np.array(trials.series.names, dtype=object),
                "method": name,
                "is_used": used == name,
                "is_baseline": name == BASELINE,
                "period": group.period,
                "horizon": group.horizon,
                "evidence": ROLLING_ORIGIN,
            }
            body = measure_columns(measures, plan.levels, trials.series, first)
            block = pd.DataFrame({**head, **body, "wape_of_baseline": measured[BASELINE].wape})
            blocks.append(block[block["days"] > 0])
    return pd.concat(blocks, ignore_index=True)


def step_columns(series: DailySeries, steps: Steps) -> pd.DataFrame:
    """The key of forecasts: series by series, days in order and then totals."""
    width, count = len(steps.leads), len(series.names)
    days = steps.horizon_days
    dates = [series.date_of(series.days - 1 + int(lead)) for lead in steps.leads]
    return pd.DataFrame(
        {
            "series": np.repeat(np.array(series.names, dtype=object), width),
            "period": np.tile(["day"] * days + ["total"] * (width - days), count),
            "forecast_date": np.tile(np.array(dates, dtype=object), count),
            "horizon_days": np.tile(steps.leads, count),
        }
    )


def bound_columns(lower: Floats, upper: Floats, levels: tuple[float, ...]) -> dict[str, Floats]:
    """Bounds (any shape and levels) as columns, the narrowest interval first."""
    columns = {}
    for place, level in enumerate(levels):
        columns[f"lower_{percent(level)}"] = lower[..., place].reshape(-1)
        columns[f"upper_{percent(level)}"] = upper[..., place].reshape(-1)
    return columns


def measure_columns(
    measures: Measures, levels: tuple[float, ...], series: DailySeries, first: int
) -> Mapping[str, Any]:
    """Measures as columns; targets are counted from the day `first` of the series."""
    dates = np.array([series.date_of(day) for day in range(first, series.days)], dtype=object)
    coverage = {
        f"coverage_{percent(level)}": measures.coverage[:, place]
        for place, level in enumerate(levels)
    }
    return {
        "origins": measures.origins,
        "days": measures.days,
        "wape": measures.wape,
        "total_error": measures.total_error,
        "bias": measures.bias,
        **coverage,
        "evaluated_from": dates[measures.evaluated_from],
        "evaluated_to": dates[measures.evaluated_to],
    }


def explain(
    series: DailySeries,
    starts: Integers,
    upper: Floats,
    origins: Integers,
    levels: tuple[float, ...],
) -> Texts:
    """Say of each series and step why there is no forecast, a bound is missing, or all is 0.

    Args:
        series: What came.
        starts: Day of the first sale of each series.
        upper: Upper bounds, series x steps x levels; NaN where missing.
        origins: Series x steps: origins that the bounds rest on.
        levels: Ascending.
    """
    why_not = np.full(upper.shape[:2], None, dtype=object)
    is_sale = np.nan_to_num(series.values) != 0
    why_not[~is_sale[:, -WINDOW_DAYS:].any(axis=1)] = (
        "nothing came in the last 8 weeks, so that 0 is forecast"
    )
    missing = np.isnan(upper)
    for place in reversed(range(len(levels))):
        level, needed = 100 * levels[place], origins_needed(levels[place])
        for count in np.unique(origins[missing[..., place]]):
            why_not[missing[..., place] & (origins == count)] = (
                f"{count} origins of this series could be scored; {needed} are needed for an "
                f"interval of {level:.10g} %"
            )
    history = series.days - starts
    for days in np.unique(history[history < FEWEST_DAYS]):
        since = f"{days} days since the first sale" if days else "no values"
        why_not[history == days] = f"{since}; {FEWEST_DAYS} are needed"
    return why_not
