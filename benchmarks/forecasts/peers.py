"""Methods of statsmodels and ours from the same origins: `python -m ...peers NAME SERIES DAYS`.

NAME is `simulated`, or `online_retail` of which there is one series. From every seventh day of
twelve weeks the next thirty days are forecast; prints for each method the seconds and the WAPE of
days 1-7 and 8-30, and of how many days in a hundred the 95 % interval held what came.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from benchmarks.forecasts.shops import AHEAD, mixed, online_retail
from python_assets.forecasting.errors import wape
from python_assets.forecasting.forecast import forecast
from python_assets.forecasting.series import DailySeries, Floats

_WEEKS = 12
# Forecasts and bounds (forecast, lower, upper), series x days; bounds are NaN where there are none.
Bounded = tuple[Floats, Floats, Floats]


def main(name: str, count: str, days: str) -> None:
    """Print a line per method."""
    warnings.simplefilter("ignore")
    series = online_retail() if name == "online_retail" else mixed(int(count), int(days))
    if series is None:
        return
    origins = range(series.days - AHEAD, series.days - AHEAD - 7 * _WEEKS, -7)
    came = np.stack([series.values[:, origin : origin + AHEAD] for origin in origins])  # noqa: PD011 (no frame)
    is_open = np.stack([series.is_open[origin : origin + AHEAD] for origin in origins])[:, None]
    is_scored = np.broadcast_to(is_open, came.shape)
    for method, function in _METHODS.items():
        started = time.perf_counter()
        said = [function(series.until(origin)) for origin in origins]
        seconds = time.perf_counter() - started
        forecasts, lower, upper = (np.stack(part) for part in zip(*said, strict=True))
        forecasts = np.where(is_scored, forecasts, 0)
        near, far = (
            wape(came[..., part][is_scored[..., part]], forecasts[..., part][is_scored[..., part]])
            for part in (slice(0, 7), slice(7, AHEAD))
        )
        is_in = ((came >= lower) & (came <= upper))[is_scored]
        covered = None if np.isnan(upper).all() else float(is_in.mean())
        print(json.dumps((method, seconds, near, far, covered)), flush=True)


def _ours(series: DailySeries) -> Bounded:
    table = forecast(series).forecasts
    days = table[table["period"] == "day"]
    shape = len(series.names), AHEAD
    columns = ("forecast", "lower_95", "upper_95")
    said, lower, upper = (days[name].to_numpy(np.float64).reshape(shape) for name in columns)
    return said, lower, upper


def _each(fit: Callable[[Floats], Bounded]) -> Callable[[DailySeries], Bounded]:
    """Fit series one by one; all of them in turn, as these models take no more."""

    def of_all(series: DailySeries) -> Bounded:
        parts = [fit(values) for values in series.values]  # noqa: PD011 (no frame)
        said, lower, upper = (np.stack(part) for part in zip(*parts, strict=True))
        return said, lower, upper

    return of_all


def _holt_winters(values: Floats) -> Bounded:
    model = ExponentialSmoothing(
        values, trend="add", damped_trend=True, seasonal="add", seasonal_periods=7
    )
    said = np.maximum(model.fit().forecast(AHEAD), 0)
    nothing = np.full(AHEAD, np.nan)
    return said, nothing, nothing


def _ets(values: Floats) -> Bounded:
    # It has no intervals of plain arrays.
    fitted = ETSModel(pd.Series(values), error="add", seasonal="add", seasonal_periods=7).fit(
        disp=False
    )
    days = len(values), len(values) + AHEAD - 1
    frame = fitted.get_prediction(*days).summary_frame(alpha=0.05)
    columns = ("mean", "pi_lower", "pi_upper")
    said, lower, upper = (np.maximum(frame[name].to_numpy(), 0) for name in columns)
    return said, lower, upper


_METHODS: dict[str, Callable[[DailySeries], Bounded]] = {
    "adplan": _ours,
    "Holt-Winters, damped": _each(_holt_winters),
    "ETS, no trend": _each(_ets),
}


if __name__ == "__main__":
    main(*sys.argv[1:])
