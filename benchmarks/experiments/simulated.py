"""Simulated experiments of two arms, as sums over units by repetition and day.

A unit belongs to the day it was first seen on, with all it did, as in `experiments.fct_arms`.
Days are cumulative: the last one holds all units. Every unit has a covariate that its result goes
with, the same quantity before the experiment, which no treatment reaches.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import NamedTuple, Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from python_assets.experiments.arrays import Floats
from python_assets.experiments.moments import Moments
from python_assets.experiments.sample_size import mean_sample_size, proportion_sample_size

Rates = tuple[float, float]
# Correlation of converting with having converted before.
_CORRELATION = 0.4
# Log of an order's value: mean and standard deviation, about 50 on average; and how much of it is
# the buyer's own, in this order as in that before.
_LOG_VALUE, _LOG_SPREAD, _OWN_SHARE = 3.4, 1.0, 0.6
_IMPRESSIONS = 4.0
_EARLIER_IMPRESSIONS = 5
# Sum of both parameters of the Beta distribution that units' own click rates have: clicks of one
# unit go together, so that the variance is 2.2 times that of independent impressions.
_LIKENESS = 4.0


class Metric(Protocol):
    """A metric by the rate it rests on: of converting, of buying, of clicking."""

    kind: str

    def value(self, rate: float) -> float:
        """What is measured in an endless arm."""

    def sample_size(self, rates: Rates) -> float:
        """Units per arm that are computed to tell the arms apart at 0.95 four times of five."""

    def draw(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> tuple[Moments, Moments]:
        """Sums of control and treatment, repetitions x days, cumulative over days.

        Args:
            random: Source of chance.
            rates: Of control and treatment; the first is that of all units before.
            units: New units per day and arm.
            repetitions: Experiments.
        """


class Conversion:
    """Share of units that converted."""

    kind = "proportion"

    def value(self, rate: float) -> float:
        """The rate itself."""
        return rate

    def sample_size(self, rates: Rates) -> float:
        """By both rates."""
        return float(proportion_sample_size(*rates))

    def draw(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> tuple[Moments, Moments]:
        """Draw the four cells of converting before and after."""
        control, treatment = (
            self._arm(random, (rates[0], rate), units, repetitions) for rate in rates
        )
        return control, treatment

    def _arm(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> Moments:
        both, now, before, _ = np.moveaxis(_cells(random, rates, units, repetitions), -1, 0)
        return moments(units, numerator=both + now, covariate=both + before, product=both)


class Revenue:
    """Value of a unit's order, of which most units have none.

    Values are lognormal. With a quantile they are cut off at that of all values above 0 of both
    arms that are known on the day, as `int_revenue_caps` does.
    """

    kind = "mean"

    def __init__(self, quantile: float = 1.0) -> None:
        self.quantile = quantile

    def value(self, rate: float) -> float:
        """Revenue per unit."""
        return rate * self._moment(1)

    def sample_size(self, rates: Rates) -> float:
        """By the standard deviation of units, of both arms alike."""
        means = [self.value(rate) for rate in rates]
        variances = [
            rate * self._moment(2) - mean**2 for rate, mean in zip(rates, means, strict=True)
        ]
        return float(mean_sample_size((means[1] - means[0]) / np.mean(variances) ** 0.5))

    def _moment(self, power: int) -> float:
        """Mean power of an order's value, cut off at the quantile of all."""
        cap = ndtri(self.quantile)
        whole = np.exp(power * _LOG_VALUE + (power * _LOG_SPREAD) ** 2 / 2)
        if self.quantile == 1:
            return float(whole)
        beyond = np.exp(power * (_LOG_VALUE + _LOG_SPREAD * cap)) * (1 - self.quantile)
        return float(whole * ndtr(cap - power * _LOG_SPREAD) + beyond)

    def draw(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> tuple[Moments, Moments]:
        """Draw the values of those who buy; of the others only the number counts."""
        arms = [_orders(random, (rates[0], rate), units, repetitions) for rate in rates]
        if self.quantile == 1:
            caps = np.full((repetitions, len(units)), np.inf)
        else:
            caps = _caps(arms, repetitions, len(units), self.quantile)
        control, treatment = (_capped(arm, caps, units) for arm in arms)
        return control, treatment


class Clicks:
    """Clicks per impression, where units have several impressions and click rates of their own."""

    kind = "ratio"

    def value(self, rate: float) -> float:
        """The mean of all click rates, which do not depend on the impressions."""
        return rate

    def sample_size(self, rates: Rates) -> float:
        """By the standard deviation of (clicks - rate x impressions) / mean impressions."""
        squares = 2 * _IMPRESSIONS**2 - _IMPRESSIONS
        variances = []
        for rate in rates:
            of_own = (rate / rates[0]) ** 2 * rates[0] * (1 - rates[0]) / (1 + _LIKENESS)
            within = _IMPRESSIONS * (rate * (1 - rate) - of_own)
            variances.append((within + squares * of_own) / _IMPRESSIONS**2)
        return float(mean_sample_size((rates[1] - rates[0]) / np.mean(variances) ** 0.5))

    def draw(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> tuple[Moments, Moments]:
        """Draw every unit."""
        control, treatment = (
            self._arm(random, (rates[0], rate), units, repetitions) for rate in rates
        )
        return control, treatment

    def _arm(
        self, random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
    ) -> Moments:
        shape = repetitions, sum(units)
        impressions = random.geometric(1 / _IMPRESSIONS, shape)
        own = random.beta(_LIKENESS * rates[0], _LIKENESS * (1 - rates[0]), shape)
        earlier = random.binomial(_EARLIER_IMPRESSIONS, own) - _EARLIER_IMPRESSIONS * rates[0]
        # A treatment makes each of them click more; of rates near 1 there are next to none.
        clicks = random.binomial(impressions, np.minimum(own * (rates[1] / rates[0]), 1))
        starts = np.cumsum([0, *units[:-1]])

        def sums(values: Floats) -> Floats:
            return np.add.reduceat(values.astype(np.float64), starts, axis=1)

        return moments(
            units,
            numerator=sums(clicks),
            covariate=sums(earlier),
            product=sums(clicks * earlier),
            numerator_squares=sums(clicks**2),
            covariate_squares=sums(earlier**2),
            denominator=sums(impressions),
            denominator_squares=sums(impressions**2),
            numerator_denominator=sums(impressions * clicks),
            denominator_covariate=sums(impressions * earlier),
        )


def moments(
    units: Sequence[int],
    *,
    numerator: Floats,
    covariate: Floats,
    product: Floats,
    **others: Floats,
) -> Moments:
    """Cumulate sums by day; what is not given is that of zeros and ones, with denominators of 1."""
    counts = np.broadcast_to(np.asarray(units, dtype=np.float64), numerator.shape)
    sums = {
        "units": counts,
        "numerator": numerator,
        "numerator_squares": numerator,
        "covariate": covariate,
        "covariate_squares": covariate,
        "numerator_covariate": product,
        "denominator": counts,
        "denominator_squares": counts,
        "numerator_denominator": numerator,
        "denominator_covariate": covariate,
        **others,
    }
    return Moments(**{name: np.cumsum(daily, axis=1, dtype=float) for name, daily in sums.items()})


def joined(parts: Sequence[Moments]) -> Moments:
    """The repetitions of all parts."""
    return Moments(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Moments)
        }
    )


def _cells(
    random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
) -> Floats:
    """Units that convert before and now, only now, only before, never: repetitions x days x 4."""
    before, now = rates
    both = before * now + _CORRELATION * np.sqrt(before * (1 - before) * now * (1 - now))
    chances = [both, now - both, before - both, 1 - before - now + both]
    return random.multinomial(units, chances, size=(repetitions, len(units)))


class _Orders(NamedTuple):
    """Units of an arm that ordered before or now, by day."""

    repetition: np.ndarray
    day: np.ndarray
    now: Floats
    before: Floats


def _orders(
    random: np.random.Generator, rates: Rates, units: Sequence[int], repetitions: int
) -> _Orders:
    cells = _cells(random, rates, units, repetitions)[..., :3]
    # By day first, so that what is known on a day is the beginning of the arrays.
    counts = np.moveaxis(cells, 0, 1).reshape(-1)
    day, repetition, cell = (
        np.repeat(index.reshape(-1), counts)
        for index in np.indices((len(units), repetitions, cells.shape[-1]))
    )
    own, first, second = random.normal(size=(3, len(cell)))
    now, before = (
        np.exp(_LOG_VALUE + _LOG_SPREAD * (_OWN_SHARE**0.5 * own + (1 - _OWN_SHARE) ** 0.5 * noise))
        for noise in (first, second)
    )
    return _Orders(repetition, day, np.where(cell < 2, now, 0), np.where(cell != 1, before, 0))  # noqa: PLR2004


def _caps(arms: Sequence[_Orders], repetitions: int, days: int, quantile: float) -> Floats:
    """Quantile of the values above 0 of both arms up to each day: repetitions x days."""
    repetition, day, value = (
        np.concatenate([np.asarray(getattr(arm, name)) for arm in arms])
        for name in ("repetition", "day", "now")
    )
    order = np.lexsort((value, repetition))
    order = order[value[order] > 0]
    repetition, day, value = repetition[order], day[order], value[order]
    caps = np.full((repetitions, days), np.inf)
    for last in range(days):
        is_known = day <= last
        counts = np.bincount(repetition[is_known], minlength=repetitions)
        has_any = counts > 0
        known, starts = value[is_known], np.cumsum(counts) - counts
        place = (starts + quantile * (counts - 1))[has_any]
        below = np.floor(place).astype(int)
        above = np.ceil(place).astype(int)
        caps[has_any, last] = known[below] + (place - below) * (known[above] - known[below])
    return caps


def _capped(orders: _Orders, caps: Floats, units: Sequence[int]) -> Moments:
    """Sums up to each day of values cut off at the cap of that day."""
    repetitions, days = caps.shape
    ends = np.searchsorted(orders.day, np.arange(days), side="right")
    names = ("numerator", "covariate", "product", "numerator_squares", "covariate_squares")
    sums = {name: np.zeros((repetitions, days)) for name in names}
    for last, end in enumerate(ends):
        row = orders.repetition[:end]
        now, before = (
            np.minimum(side[:end], caps[row, last]) for side in (orders.now, orders.before)
        )
        terms = (now, before, now * before, now * now, before * before)
        for name, term in zip(names, terms, strict=True):
            sums[name][:, last] = np.bincount(row, term, minlength=repetitions)
    return moments(
        units, **{name: np.diff(total, axis=1, prepend=0) for name, total in sums.items()}
    )
