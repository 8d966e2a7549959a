"""Measure forecasts: what they cost, how wrong they are beside others, and their intervals.

    python -m benchmarks.forecasts [--full]

Small: 100 series of 365 days. Full: 1,000 series of 730 days.
"""

import argparse
import json
import sys
from typing import Any

from benchmarks.forecasts.shops import online_retail
from benchmarks.measure import Measured, console, print_table, run
from python_assets.forecasting.forecast import LEVELS, forecast

_SMALL, _FULL = (100, 365), (1_000, 730)
# Methods of others take one series at a time, and so long that a sample has to do.
_SMALL_SAMPLE, _FULL_SAMPLE = 2, 5
_ORIGINS = 12
_LEVEL_NAMES = tuple(f"{100 * level:.0f} %" for level in LEVELS)
# Standard errors on each side of 99 %.
_REACH = 2.576


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="at the sizes the README quotes")
    arguments = parser.parse_args()
    series, days = _FULL if arguments.full else _SMALL
    seconds = _speed(series, days)
    _peers(series, days, _FULL_SAMPLE if arguments.full else _SMALL_SAMPLE, seconds)
    _coverage(series, days)
    _online_retail()


def _speed(series: int, days: int) -> float:
    measured = run(_python("many", series, days))
    numbers = dict(line.split() for line in measured.output.splitlines())
    print_table(
        f"{series:,} series of {days} days: forecasts, intervals, accuracy of 12 weeks",
        ("seconds", "CPU with start", "peak MB", "forecasts", "rows of accuracy"),
        [
            [
                float(numbers["seconds"]),
                measured.cpu_seconds,
                round(measured.peak_mb),
                int(numbers["forecasts"]),
                int(numbers["accuracy"]),
            ]
        ],
    )
    return float(numbers["seconds"])


def _peers(series: int, days: int, sample: int, ours: float) -> None:
    rows = []
    for method, seconds, *errors in _lines(run(_python("peers", "simulated", sample, days))):
        once = seconds / sample / _ORIGINS * series
        # What adplan scores it has forecast from every day, others from every seventh.
        total = ours if method == "adplan" else once * (1 + _ORIGINS)
        rows.append([method, total, total / ours, *_percent(errors)])
    print_table(
        f"The same by others, from {sample} series: a forecast each and {_ORIGINS} to score it by",
        ("method", "seconds", "x", "WAPE 1-7, %", "WAPE 8-30, %", "95 % holds, %"),
        rows,
    )


def _coverage(series: int, days: int) -> None:
    rows = []
    for kind, horizon, wape, naive, covered in _lines(run(_python("coverage", series, days))):
        shares = [f"{100 * rate:.1f} ±{100 * _REACH * error:.1f}" for rate, error in covered]
        rows.append([kind, horizon, *_percent([wape, naive]), *shares])
    print_table(
        f"What came within intervals, %, of {series:,} simulated shops a kind after {days} days "
        "(±: 99 %)",
        ("shops", "horizon", "WAPE, %", "baseline used, %", *_LEVEL_NAMES),
        rows,
    )


def _online_retail() -> None:
    series = online_retail()
    if series is None:
        console.print("Online Retail is absent: ../shared is not part of this repository")
        return
    accuracy = forecast(series).accuracy
    used = accuracy[accuracy["is_used"]]
    columns = [
        "wape",
        "wape_of_baseline",
        "total_error",
        *(f"coverage_{100 * x:.0f}" for x in LEVELS),
    ]
    print_table(
        "Online Retail, every day of the last 12 weeks forecast from up to 30 days before",
        ("horizon", "method", "WAPE, %", "of baseline, %", "error of total, %", *_LEVEL_NAMES),
        [
            [row["horizon"], row["method"], *_percent([row[name] for name in columns])]
            for row in used.to_dict("records")
        ],
    )
    print_table(
        f"Online Retail by others: {_ORIGINS} origins, a week apart",
        ("method", "seconds", "WAPE 1-7, %", "WAPE 8-30, %", "95 % holds, %"),
        [
            [method, seconds, *_percent(errors)]
            for method, seconds, *errors in _lines(run(_python("peers", "online_retail", 1, 1)))
        ],
    )


def _python(module: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.forecasts.{module}", *map(str, arguments)]


def _lines(measured: Measured) -> list[Any]:
    return [json.loads(line) for line in measured.output.splitlines()]


def _percent(shares: list[float | None]) -> list[float | None]:
    return [None if share is None else 100 * share for share in shares]


if __name__ == "__main__":
    main()
