"""Forecast many series in a process of its own: `python -m ...many SERIES DAYS`."""

import sys
import time

from benchmarks.forecasts.shops import mixed
from python_assets.forecasting.forecast import forecast


def main(series: str, days: str) -> None:
    """Forecast with intervals, score rolling origins, and print seconds and rows."""
    shops = mixed(int(series), int(days))
    started = time.perf_counter()
    forecasts, accuracy = forecast(shops)
    print(f"seconds {time.perf_counter() - started:.2f}")
    print(f"forecasts {len(forecasts)}")
    print(f"accuracy {len(accuracy)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
