"""Totals per unit: revenue, leads, orders per visitor, compared by Welch's t test."""

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, floats, quotient
from python_assets.experiments.estimates import Value
from python_assets.experiments.moments import Moments


def mean(arm: Moments) -> Value:
    """Numerator per unit; the denominator is not looked at.

    `difference` of two of them is Welch's t test.

    Example:
        >>> from python_assets.experiments.estimates import difference, p_value
        >>> control, treatment = (Moments.from_units(x) for x in ([1, 2, 3, 4], [4, 5, 6, 7]))
        >>> round(float(p_value(difference(mean(control), mean(treatment)))), 4)
        0.0167
    """
    return Value(
        arm.numerator_mean,
        quotient(arm.numerator_variance, arm.units),
        _degrees_of_freedom(arm.units),
    )


def winsorising_cap(values: npt.ArrayLike, quantile: float = 0.99) -> float:
    """Amount above which units' totals are cut off: a quantile of those above 0.

    Of all units 99 % may have spent nothing; a quantile of them all would be 0 and erase the
    metric. The cap is to be taken over the units of all arms together, whatever their variant.

    Args:
        values: Totals of the units of all arms; a value of 0 or below does not count.
        quantile: Between 0 and 1.

    Returns:
        The cap; `nan` if nothing is above 0.

    Example:
        >>> winsorising_cap([0] * 990 + [10] * 9 + [1000], quantile=0.5)
        10.0
    """
    x = floats(values)
    positive = x[x > 0]
    return float(np.quantile(positive, quantile)) if len(positive) else float("nan")


def effective_units(total: npt.ArrayLike, squares: npt.ArrayLike) -> Floats:
    """How many units of equal weight would make a total as uneven: (sum)^2 / sum of squares.

    Never more than the units that are not 0 (Kish's effective sample size): a mean of ten
    thousand visitors, four of whom bought, rests on four.

    Example:
        >>> float(effective_units(total=30.0, squares=300.0))
        3.0
    """
    return quotient(np.square(floats(total)), squares)


def _degrees_of_freedom(units: npt.ArrayLike) -> Floats:
    n = floats(units)
    return np.where(n > 1, n - 1, np.nan)
