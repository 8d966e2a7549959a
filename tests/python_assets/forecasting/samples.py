"""Daily series to forecast: simulated shops, and the orders of a real one."""

import datetime as dt
from functools import cache

import duckdb
import numpy as np
import pytest

from python_assets.forecasting.open_days import open_days
from python_assets.forecasting.series import Booleans, DailySeries, Floats
from tests.conftest import SHARED

# A Monday.
FIRST_DAY = dt.date(2024, 1, 1)
FURTHEST = 31


def series_of(values: Floats, is_open: Booleans | None = None) -> DailySeries:
    values = np.atleast_2d(np.asarray(values, dtype=np.float64))
    names = tuple(f"series {row}" for row in range(len(values)))
    if is_open is None:
        is_open = np.ones(values.shape[1] + FURTHEST, dtype=bool)
    return DailySeries(names, FIRST_DAY, values, is_open)


def simulated(seed: int, count: int, days: int, drift: float = 0.01) -> Floats:
    """Revenue of shops with a week, a level that drifts, and noise of a third of each day."""
    random = np.random.default_rng(seed)
    week = random.gamma(4, 0.25, (count, 7))[:, np.arange(days) % 7]
    level = np.exp(np.cumsum(random.normal(0, drift, (count, days)), axis=1))
    scale = random.lognormal(5, 1, (count, 1))
    return scale * level * week * random.gamma(8, 1 / 8, (count, days))


@cache
def online_retail() -> DailySeries:
    """Daily revenue of completed orders of Online Retail, by local days; Saturdays were closed."""
    folder = SHARED / "data" / "workspaces" / "uci_retail" / "landing" / "commerce"
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: the real workspaces are not part of this repository")
    totals = duckdb.sql(
        """
        select
            timezone('Europe/London', timezone('UTC', created_at))::date as day,
            sum(total) as revenue
        from read_parquet(?)
        where status = 'completed'
        group by day
        order by day
        """,
        params=[str(folder / "orders" / "*.parquet")],
    ).fetchall()
    first, last = totals[0][0], totals[-1][0]
    values = np.zeros((1, (last - first).days + 1))
    for day, revenue in totals:
        values[0, (day - first).days] = revenue
    is_open = open_days(
        first,
        last + dt.timedelta(days=30),
        closed_weekdays=[5],
        holiday_country="GB",
        holiday_subdivision="ENG",
    )
    return DailySeries(("all",), first, values, is_open)
