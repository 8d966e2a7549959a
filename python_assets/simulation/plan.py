"""What a shop is asked to be, and the calendar that follows from it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np

from python_assets.simulation.arrays import Floats

# Orders by weekday, Monday first: shops sell most early in the week and least on Saturdays.
WEEKDAY_FACTORS = np.array([1.12, 1.06, 1.02, 1.0, 0.95, 0.85, 1.0])
# One value per month: gift season in November and December, a quiet summer.
MONTH_FACTORS = np.array([0.92, 0.93, 0.98, 1.0, 1.02, 0.97, 0.9, 0.92, 1.0, 1.05, 1.25, 1.3])
# Share of a day's visits that start in each hour (UTC), 0 to 23.
HOUR_SHARES = np.array(
    [2, 1.5, 1, 1, 1, 1.5, 2.5, 3.5, 4, 4.5, 5, 5, 5.5, 5, 5, 5, 5, 5.5, 6, 7, 7.5, 7, 5, 3.5]
)


@dataclass(frozen=True)
class ShopPlan:
    """Size, period and seed of a simulated shop.

    Attributes:
        days: Number of whole days simulated.
        orders_per_day: Average orders placed per day.
        seed: The only source of randomness: equal plans give equal shops.
        first_day: First day, UTC.
        currency: The shop's currency; about 8 % of its orders are in another one.
        dirt: Multiplier of the rates of duplicates, late and bad rows; 0 is perfectly clean.
    """

    days: int = 120
    orders_per_day: int = 60
    seed: int = 7
    first_day: date = date(2026, 1, 1)
    currency: str = "USD"
    dirt: float = 1.0

    def __post_init__(self) -> None:
        """Refuse plans that no shop can follow."""
        if self.days < 1 or self.orders_per_day < 1:
            raise ValueError(
                f"days ({self.days}) and orders_per_day ({self.orders_per_day}) must be at least 1"
            )
        if self.dirt < 0:
            raise ValueError(f"dirt ({self.dirt}) must be 0 or more")

    @property
    def last_day(self) -> date:
        """Last day simulated."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def foreign_currency(self) -> str:
        """Currency of orders from abroad and of the Meta ad account."""
        return "EUR" if self.currency != "EUR" else "USD"

    @property
    def expected_orders(self) -> int:
        """Orders over the whole period."""
        return self.days * self.orders_per_day

    def day_weights(self, days: int) -> Floats:
        """Relative demand of `days` days from the first day, averaging 1 over the plan's days."""
        calendar = np.datetime64(self.first_day, "D") + np.arange(max(days, self.days))
        # 1970-01-01 was a Thursday, which is weekday 3.
        weekday = (calendar.astype(np.int64) + 3) % 7
        month = calendar.astype("datetime64[M]").astype(np.int64) % 12
        weights = WEEKDAY_FACTORS[weekday] * MONTH_FACTORS[month]
        scaled: Floats = (weights / weights[: self.days].mean())[:days]
        return scaled


@dataclass(frozen=True)
class Calendar:
    """Demand-weighted time: visits are a Poisson process that is even on this clock.

    Attributes:
        cumulative_weights: Weighted time at the start of each day, shape (days + 1,).
    """

    cumulative_weights: Floats

    @classmethod
    def of(cls, plan: ShopPlan, days: int) -> Self:
        """Build the clock of `days` days from the plan's first day."""
        return cls(np.concatenate([[0.0], np.cumsum(plan.day_weights(days))]))

    @property
    def days(self) -> int:
        """Number of days on the clock."""
        return len(self.cumulative_weights) - 1

    def weighted(self, day_offsets: Floats) -> Floats:
        """Weighted time of days since the first day; before it 0, after the end the total."""
        return np.interp(day_offsets, np.arange(self.days + 1), self.cumulative_weights)

    def at(self, weighted: Floats) -> Floats:
        """Days since the first day at a weighted time, with the hours people shop at."""
        even = np.interp(weighted, self.cumulative_weights, np.arange(self.days + 1))
        day = np.minimum(np.floor(even), self.days - 1)
        hours = np.concatenate([[0.0], np.cumsum(HOUR_SHARES) / HOUR_SHARES.sum()])
        time_of_day = np.interp(even - day, hours, np.arange(25) / 24.0)
        # Nothing starts in the last minute, so that what follows stays within the period.
        return np.minimum(day + time_of_day, self.days - 0.001)
