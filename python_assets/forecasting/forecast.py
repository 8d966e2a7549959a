"""Forecasts of daily series and of totals, with intervals, and how right such forecasts were."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from python_assets.forecasting.methods import METHODS, Method
from python_assets.forecasting.plan import CHUNK, Plan
from python_assets.forecasting.series import DailySeries
from python_assets.forecasting.tables import accuracy_table, forecast_table
from python_assets.forecasting.trials import try_methods

HORIZON_DAYS = 30
LEVELS = (0.5, 0.8, 0.95)
TOTALS = (7, 30)


class Forecasts(NamedTuple):
    """What may come, and how right such forecasts were.

    Attributes:
        forecasts: One row per series and day to come, and one per series and total: series, period
            (`day` or `total`), forecast_date (the last day of a total), horizon_days, forecast,
            lower_50, upper_50 and so on by level, method, why_not. With too little history the
            forecast is null, the method `none`, and why_not says what is missing; with too few
            scores for an interval its bounds are null, and why_not says how many there are.
        accuracy: One row per series, method and horizon (such as `8-14` or `total_30`) that could
            be scored: series, method, is_used, is_baseline, period, horizon, evidence, origins,
            days (forecasts scored), wape, total_error, bias (mean error, in the unit of the
            series), coverage_50 and so on, evaluated_from and evaluated_to (first and last target
            scored), wape_of_baseline.
    """

    forecasts: pd.DataFrame
    accuracy: pd.DataFrame


def forecast(  # noqa: PLR0913 (settings, named where it is called)
    series: DailySeries,
    *,
    horizon_days: int = HORIZON_DAYS,
    totals: tuple[int, ...] = TOTALS,
    levels: tuple[float, ...] = LEVELS,
    evaluation_weeks: int = 12,
    methods: Mapping[str, Method] = METHODS,
) -> Forecasts:
    """Forecast daily series by the method that was least wrong on each of them.

    Methods are run from every origin whose forecasts fall on the last weeks, with what was known
    there, and compared by WAPE over all days. Intervals are those of `conformal`; those of totals
    come from past errors of totals, not from bounds of days. Coverage is out of sample; errors of
    the method that is used are those that it was chosen by.

    Args:
        series: What came, up to the last day that is complete.
        horizon_days: Days to forecast one by one.
        totals: Lengths of totals from the next day on, in days.
        levels: Coverages of the intervals.
        evaluation_weeks: Weeks of targets that methods are scored on, up to the last day.
        methods: By name, with the baseline among them.

    Raises:
        ValueError: If it is not said whether the shop is open on all days to forecast, or an
            argument is out of range.
    """
    plan = Plan.of(horizon_days, totals, levels, evaluation_weeks)
    forecasts, accuracies = [], []
    for first in range(0, max(len(series.names), 1), CHUNK):
        trials = try_methods(series.rows(first, first + CHUNK), plan, methods)
        forecasts.append(forecast_table(trials, plan))
        accuracies.append(accuracy_table(trials, plan))
    return Forecasts(
        pd.concat(forecasts, ignore_index=True), pd.concat(accuracies, ignore_index=True)
    )
