"""What a method would have forecast on every day that matters, beside what came.

A step is something to forecast from an origin: the value of the day that is 1, 2, ... days ahead,
or the total of the next so many days. Forecasts of the past are kept by step and by target, the
day of the value or the last day of the total, because a forecast can be scored from then on.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from python_assets.forecasting.methods import Method
from python_assets.forecasting.series import (
    FEWEST_DAYS,
    Booleans,
    DailySeries,
    Floats,
    Integers,
)

_DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Group:
    """Steps that are scored together, and whose scores make the intervals of all of them.

    Attributes:
        period: `day` or `total`.
        horizon: Name of the group, such as `8-14` or `total_30`.
        steps: Its steps, as a range of them.
        leads: Days from the origin to the target, of each step.
    """

    period: str
    horizon: str
    steps: slice
    leads: range

    @property
    def overlap(self) -> int:
        """Days that are added up in each value."""
        return self.leads[0] if self.period == "total" else 1


@dataclass(frozen=True)
class Steps:
    """What is forecast from each origin: days one by one, and totals.

    Attributes:
        horizon_days: Number of days that are forecast one by one.
        totals: Lengths of totals in days.
    """

    horizon_days: int
    totals: tuple[int, ...]

    def __post_init__(self) -> None:
        if min((self.horizon_days, *self.totals)) < 1:
            raise ValueError(f"{self.horizon_days} days, totals of {self.totals}: 1 or more each")

    @property
    def furthest(self) -> int:
        """Days to forecast so that all steps are there."""
        return max((self.horizon_days, *self.totals))

    @cached_property
    def leads(self) -> Integers:
        """Days from the origin to the target of each step."""
        return np.array([*range(1, self.horizon_days + 1), *self.totals], dtype=np.int64)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Days by weeks, of which the last is longer if the horizon is no multiple; each total.

        Example:
            >>> [group.horizon for group in Steps(30, (7, 30)).groups]
            ['1-7', '8-14', '15-21', '22-30', 'total_7', 'total_30']
        """
        weeks = max(self.horizon_days // _DAYS_PER_WEEK, 1)
        ends = [*range(_DAYS_PER_WEEK, weeks * _DAYS_PER_WEEK, _DAYS_PER_WEEK), self.horizon_days]
        starts = [0, *ends[:-1]]
        days = [
            Group("day", f"{start + 1}-{end}", slice(start, end), range(start + 1, end + 1))
            for start, end in zip(starts, ends, strict=True)
        ]
        totals = [
            Group("total", f"total_{total}", slice(place, place + 1), range(total, total + 1))
            for place, total in enumerate(self.totals, start=self.horizon_days)
        ]
        return (*days, *totals)

    def of_days(self, daily: Floats) -> Floats:
        """Series x steps from series x days to forecast: totals are sums of days, in order."""
        ends = np.array(self.totals, dtype=np.int64) - 1
        totals = np.cumsum(daily, axis=1)[:, ends]
        return np.concatenate([daily[:, : self.horizon_days], totals], axis=1)


@dataclass(frozen=True)
class Rolling:
    """Forecasts of one method from many origins.

    Attributes:
        past: Series x steps x targets; NaN where the history was too short at the origin.
        ahead: Series x steps, from the last origin, after all that is known.
    """

    past: Floats
    ahead: Floats


def roll(
    series: DailySeries, starts: Integers, method: Method, steps: Steps, first_target: int
) -> Rolling:
    """Forecast every target from `first_target` on, at every step, as it would have been then.

    Args:
        series: What came.
        starts: Day on which each series' history starts; none is forecast from an origin at
            which it has less than `FEWEST_DAYS`.
        method: How to forecast.
        steps: What to forecast.
        first_target: The first day whose forecasts are wanted, 0 or more.
    """
    targets = series.days - first_target
    past = np.full((len(series.names), len(steps.leads), targets), np.nan)
    ahead = np.zeros((len(series.names), len(steps.leads)))
    all_steps = np.arange(len(steps.leads))
    for origin in range(max(first_target - steps.furthest, FEWEST_DAYS), series.days + 1):
        has_history = origin - starts >= FEWEST_DAYS
        if not has_history.any():
            continue
        is_open = series.is_open[: origin + steps.furthest]
        daily = method(series.values[:, :origin], is_open, steps.furthest)
        ahead = steps.of_days(np.where(has_history[:, None], daily, np.nan))
        places = origin - 1 + steps.leads - first_target
        is_wanted = (places >= 0) & (places < targets)
        past[:, all_steps[is_wanted], places[is_wanted]] = ahead[:, is_wanted]
    return Rolling(past, np.where((series.days - starts >= FEWEST_DAYS)[:, None], ahead, np.nan))


def actuals(series: DailySeries, steps: Steps, first_target: int) -> Floats:
    """What came: series x steps x targets, NaN for single days on which the shop was closed.

    Totals are those of all days, with what was sold on closed ones.
    """
    values = np.where(np.isnan(series.values), 0, series.values)
    came = np.empty((len(values), len(steps.leads), series.days - first_target))
    is_open = series.is_open[first_target : series.days]
    came[:, : steps.horizon_days] = np.where(is_open, values[:, first_target:], np.nan)[:, None]
    for place, length in enumerate(steps.totals, start=steps.horizon_days):
        came[:, place] = _totals(values, length, first_target)
    return came


def origins_scored(is_scored: Booleans) -> Integers:
    """Count the origins from which at least one step of a group was scored, of each series.

    Args:
        is_scored: Series x steps of the group x targets.
    """
    count, width, targets = is_scored.shape
    has_score = np.zeros((count, targets + width), dtype=bool)
    for step in range(width):
        # Seen from the target, the origin of a longer step lies earlier.
        has_score[:, width - 1 - step : width - 1 - step + targets] |= is_scored[:, step]
    return np.asarray(has_score.sum(axis=1))


def _totals(values: Floats, length: int, first_target: int) -> Floats:
    """Totals of so many days up to each target; days before the first one count as 0."""
    padded = np.pad(values, ((0, 0), (length, 0)))
    days = values.shape[1]
    total = np.zeros((len(values), days - first_target))
    for day in range(1, length + 1):
        total = total + padded[:, first_target + day : days + day]
    return total
