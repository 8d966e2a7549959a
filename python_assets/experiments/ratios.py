"""Ratios of totals where a unit has several of the denominator: CTR, CPC, ROAS, per visit.

Clicks of one visitor are not independent, so the sum over clicks may not be treated as if it
were; what is independent is the unit that was assigned. The delta method has the variance of a
ratio from those of units' numerators and denominators (Deng, Knoblich, Lu: Applying the delta
method in metric analytics, KDD 2018, equation 3).
"""

import numpy as np

from python_assets.experiments.arrays import Floats, quotient
from python_assets.experiments.estimates import Value
from python_assets.experiments.moments import ROUNDING, Moments


def ratio(arm: Moments) -> Value:
    """Sum of numerators over sum of denominators, with the variance of the delta method.

    Example:
        >>> clicks, impressions = [1, 0, 2, 1], [10, 10, 20, 10]
        >>> round(float(ratio(Moments.from_units(clicks, impressions)).value), 4)
        0.08
    """
    value = quotient(arm.numerator, arm.denominator)
    return Value(
        value,
        quotient(linearised_variance(arm, value), arm.units),
        np.where(np.asarray(arm.units) > 1, arm.units - 1.0, np.nan),
    )


def linearised_variance(arm: Moments, value: Floats) -> Floats:
    """Variance per unit of (numerator - ratio x denominator) / mean denominator."""
    variance = (
        arm.numerator_variance
        - 2 * value * arm.numerator_denominator_covariance
        + value**2 * arm.denominator_variance
    )
    squares = quotient(arm.numerator_squares + value**2 * arm.denominator_squares, arm.units)
    # Where numerators are in proportion to denominators, only rounding is left.
    variance = np.where(variance <= ROUNDING * squares, 0.0, variance)
    return quotient(variance, arm.denominator_mean**2)
