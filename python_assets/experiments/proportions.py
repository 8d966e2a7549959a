"""Shares of units that converted.

The p value is of the pooled z test, the interval of the difference is Newcombe's, which stays
within -1 and 1 and holds its level at small rates (Newcombe: Interval estimation for the
difference between independent proportions, Statistics in Medicine 17, 1998, method 10).
"""

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, floats, quotient, root
from python_assets.experiments.estimates import (
    Estimate,
    Interval,
    Value,
    critical_value,
    difference,
    interval,
    log_ratio,
)


def proportion(successes: npt.ArrayLike, units: npt.ArrayLike) -> Value:
    """Share of units that converted, with its binomial variance p (1 - p) / n."""
    rate = quotient(successes, units)
    variance = quotient(rate * (1 - rate), units)
    return Value(rate, variance, np.full(rate.shape, np.inf))


def pooled_z_test(
    control_successes: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_successes: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
) -> Estimate:
    """Difference with the standard error it has if both arms have the same rate.

    Its `p_value` is that of the chi-square test without continuity correction. Its interval is
    not one of the difference: see `newcombe_interval`.

    Example:
        >>> from python_assets.experiments.estimates import p_value
        >>> round(float(p_value(pooled_z_test(8502, 44700, 8279, 45489))), 6)
        0.001554
    """
    c, n, t, m = map(
        floats, (control_successes, control_units, treatment_successes, treatment_units)
    )
    rate = quotient(c + t, n + m)
    error = root(rate * (1 - rate) * (quotient(1, n) + quotient(1, m)))
    value = quotient(t, m) - quotient(c, n)
    return Estimate(value, error, np.full(value.shape, np.inf))


def wilson_interval(
    successes: npt.ArrayLike, units: npt.ArrayLike, confidence_level: npt.ArrayLike = 0.95
) -> Interval:
    """Score interval of one rate (Wilson, 1927), within 0 and 1 for any counts."""
    x, n = floats(successes), floats(units)
    squared = critical_value(confidence_level) ** 2
    middle = quotient(x + squared / 2, n + squared)
    within = quotient(x * (n - x), n) + squared / 4
    half = quotient(root(squared * within), n + squared)
    return Interval(np.maximum(middle - half, 0), np.minimum(middle + half, 1))


def newcombe_interval(
    control_successes: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_successes: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
) -> Interval:
    """Interval of the difference from the score intervals of both rates.

    Example:
        >>> bounds = newcombe_interval(189, 11034, 104, 11037)
        >>> round(float(bounds.lower), 6), round(float(bounds.upper), 6)
        (-0.010775, -0.004702)
    """
    control = wilson_interval(control_successes, control_units, confidence_level)
    treatment = wilson_interval(treatment_successes, treatment_units, confidence_level)
    p, q = (
        quotient(control_successes, control_units),
        quotient(treatment_successes, treatment_units),
    )
    return Interval(
        q - p - np.hypot(q - treatment.lower, control.upper - p),
        q - p + np.hypot(treatment.upper - q, p - control.lower),
    )


def wald_interval(
    control_successes: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_successes: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
) -> Interval:
    """Textbook interval of the difference; too narrow where conversions are few."""
    control = proportion(control_successes, control_units)
    treatment = proportion(treatment_successes, treatment_units)
    return interval(difference(control, treatment), confidence_level)


def katz_interval(
    control_successes: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_successes: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
) -> Interval:
    """Log interval of the ratio of rates (Katz et al., Biometrics 34, 1978).

    Nothing where an arm has no conversion.
    """
    control = proportion(control_successes, control_units)
    treatment = proportion(treatment_successes, treatment_units)
    bounds = interval(log_ratio(control, treatment), confidence_level)
    return Interval(np.exp(bounds.lower), np.exp(bounds.upper))


def scarcer_outcome(successes: npt.ArrayLike, units: npt.ArrayLike) -> Floats:
    """The smaller of successes and failures, on which the normal approximation rests."""
    return np.minimum(floats(successes), floats(units) - floats(successes))
