"""Daily revenue of simulated shops, and of a real one where its data are present."""

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np

from python_assets.forecasting.open_days import open_days
from python_assets.forecasting.series import DailySeries, Floats

# A Monday.
_FIRST_DAY = dt.date(2024, 1, 1)
AHEAD = 30
KINDS = ("stationary", "trend", "weekly season", "drifting level", "sparse")
# Revenue of a day varies by a third of what is expected; gamma, as revenue is never negative.
_SHAPE = 9.0
_ORDERS_PER_DAY = 0.15
# Of the level in a day: with the trend it doubles in two years.
_GROWTH = np.log(2) / 730
_DRIFT = 0.01

_ORDERS = (
    Path(__file__).resolve().parents[3]
    / "shared/data/workspaces/uci_retail/landing/commerce/orders"
)


def simulated(kind: str, count: int, days: int, seed: int = 1) -> DailySeries:
    """Shops of one kind, the same ones every time.

    Args:
        kind: Of KINDS. Those with a trend or a drifting level have a week too.
        count: Series.
        days: Days with values; of as many more as are to be forecast it is said that the shop
            is open.
        seed: Of chance.
    """
    random = np.random.default_rng((KINDS.index(kind), seed))
    scale = random.lognormal(5, 1, (count, 1))
    values = scale * random.gamma(_SHAPE, 1 / _SHAPE, (count, days))
    if kind == "sparse":
        orders = random.poisson(_ORDERS_PER_DAY, (count, days))
        values = scale * np.where(orders > 0, random.gamma(np.maximum(orders, 1)), 0)
    elif kind != "stationary":
        values = values * random.gamma(4, 0.25, (count, 7))[:, np.arange(days) % 7]
    if kind == "trend":
        values = values * np.exp(_GROWTH * np.arange(days))
    if kind == "drifting level":
        values = values * np.exp(np.cumsum(random.normal(0, _DRIFT, (count, days)), axis=1))
    return _series(values)


def mixed(count: int, days: int) -> DailySeries:
    """Shops of all kinds in turn."""
    parts = [simulated(kind, -(-count // len(KINDS)), days).values for kind in KINDS]
    return _series(np.stack(parts, axis=1).reshape(-1, days)[:count])


def online_retail() -> DailySeries | None:
    """Revenue of Online Retail, which was closed on Saturdays; none where it is absent."""
    if not _ORDERS.is_dir():
        return None
    totals = duckdb.sql(
        """
        select timezone('Europe/London', timezone('UTC', created_at))::date as day, sum(total)
        from read_parquet(?)
        where status = 'completed'
        group by day
        order by day
        """,
        params=[str(_ORDERS / "*.parquet")],
    ).fetchall()
    first, last = totals[0][0], totals[-1][0]
    values = np.zeros((1, (last - first).days + 1))
    for day, revenue in totals:
        values[0, (day - first).days] = revenue
    is_open = open_days(
        first,
        last + dt.timedelta(days=AHEAD),
        closed_weekdays=[5],
        holiday_country="GB",
        holiday_subdivision="ENG",
    )
    return DailySeries(("Online Retail",), first, values, is_open)


def _series(values: Floats) -> DailySeries:
    count, days = values.shape
    names = tuple(f"shop {number}" for number in range(count))
    return DailySeries(names, _FIRST_DAY, values, np.ones(days + AHEAD, dtype=bool))
