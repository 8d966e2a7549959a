"""Quantiles of units' totals, such as the median or the 90th percentile, compared between arms."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, floats
from python_assets.experiments.estimates import Value, critical_value


class Quantile(NamedTuple):
    """A quantile of one arm.

    Attributes:
        value: The quantile.
        lower: Lower bound of its interval.
        upper: Upper bound of its interval.
        confidence_level: Of the interval.
    """

    value: float
    lower: float
    upper: float
    confidence_level: float

    def as_value(self) -> Value:
        """Make it comparable by `difference`: a normal value whose interval is this wide."""
        width = self.upper - self.lower
        error = floats(width / (2 * critical_value(self.confidence_level)))
        return Value(floats(self.value), error**2, floats(np.inf))


def quantile(values: npt.ArrayLike, probability: float, confidence_level: float = 0.95) -> Quantile:
    """Quantile of one arm, with the interval that order statistics give.

    How many units are below the true quantile is binomial; the units at the bounds of that number
    are the bounds of the quantile, whatever the distribution (David, Nagaraja: Order statistics,
    2003, section 7.1).

    Args:
        values: Totals of units.
        probability: Between 0 and 1: 0.5 for the median.
        confidence_level: Of the interval.

    Raises:
        ValueError: If there are no values, or the probability is not between 0 and 1.

    Example:
        >>> found = quantile(range(101), 0.5)
        >>> found.value, round(found.lower, 1), round(found.upper, 1)
        (50.0, 40.2, 59.8)
    """
    x = floats(values)
    if not len(x) or not 0 < probability < 1:
        raise ValueError(f"quantile {probability} of {len(x)} values: one value and 0 < q < 1")
    spread = float(np.sqrt(probability * (1 - probability) / len(x)))
    reach = float(critical_value(confidence_level)) * spread
    places: Floats = np.clip([probability, probability - reach, probability + reach], 0, 1)
    value, lower, upper = np.quantile(x, places).tolist()
    return Quantile(value, lower, upper, confidence_level)
