"""How often what came lay within the intervals, in simulated shops, in a process of its own.

`python -m ...coverage SERIES DAYS` prints a line of JSON per kind of shop and horizon.
"""

import json
import sys
from collections.abc import Iterator

import numpy as np

from benchmarks.forecasts.shops import AHEAD, KINDS, simulated
from python_assets.forecasting.forecast import LEVELS, TOTALS, forecast
from python_assets.forecasting.rolling import Steps
from python_assets.forecasting.series import Floats
from python_assets.forecasting.tables import percent

Row = tuple[str, str, float, float, list[tuple[float, float]]]


def main(series: str, days: str) -> None:
    """Print kind, horizon, WAPE, share by seasonal naive, and coverage with its error by level."""
    for kind in KINDS:
        for row in _rows(kind, int(series), int(days)):
            print(json.dumps(row), flush=True)


def _rows(kind: str, count: int, days: int) -> Iterator[Row]:
    """Forecast from the last day but thirty, and hold that against the thirty."""
    whole = simulated(kind, count, days + AHEAD)
    table = forecast(whole.until(days)).forecasts
    steps = Steps(AHEAD, TOTALS)
    came = steps.of_days(whole.values[:, days:])

    def column(name: str) -> Floats:
        return table[name].to_numpy(np.float64).reshape(came.shape)

    is_naive = float((table["method"] == "seasonal_naive").mean())
    error = np.abs(column("forecast") - came)
    for group in steps.groups:
        covered = []
        for level in map(percent, LEVELS):
            is_in = (came >= column(f"lower_{level}")) & (came <= column(f"upper_{level}"))
            # Days of one series go together; series do not.
            by_series = is_in[:, group.steps].mean(axis=1)
            covered.append((float(by_series.mean()), float(by_series.std() / count**0.5)))
        wape = float(error[:, group.steps].sum() / came[:, group.steps].sum())
        yield kind, group.horizon, wape, is_naive, covered


if __name__ == "__main__":
    main(*sys.argv[1:])
