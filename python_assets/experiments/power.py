"""What an experiment of given sizes can find: power, and the smallest effect found often enough."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from python_assets.experiments.arrays import Floats, floats, quotient, root
from python_assets.experiments.estimates import critical_value

# Halvings of the range of lifts: 2^-50 of it is left.
_HALVINGS = 50


def power(
    effect: npt.ArrayLike, standard_error: npt.ArrayLike, critical: npt.ArrayLike | None = None
) -> Floats:
    """Probability that an effect is found, in either direction.

    Args:
        effect: True difference (or lift).
        standard_error: Of its estimate.
        critical: Standard errors an estimate has to be away from 0: by default 1.96, of one look
            at 0.95; of `sequential.critical_value` for always-valid intervals.

    Example:
        >>> round(float(power(2.8, 1.0)), 3)
        0.8
    """
    limit = critical_value(0.95) if critical is None else floats(critical)
    errors = quotient(np.abs(floats(effect)), standard_error)
    return np.asarray(ndtr(errors - limit) + ndtr(-errors - limit))


def minimum_detectable_effect(
    standard_error: npt.ArrayLike,
    critical: npt.ArrayLike | None = None,
    wanted_power: npt.ArrayLike = 0.8,
) -> Floats:
    """Smallest effect that is found with a power; the far tail is left out.

    Example:
        >>> round(float(minimum_detectable_effect(1.0)), 3)
        2.802
    """
    limit = critical_value(0.95) if critical is None else floats(critical)
    return np.asarray((limit + ndtri(floats(wanted_power))) * floats(standard_error))


def proportion_power(
    control_rate: npt.ArrayLike,
    treatment_rate: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
) -> Floats:
    """Power of the pooled z test; 0.8 at the sample size that is computed for 0.8.

    The inverse of `proportion_sample_size`, for arms of any sizes.
    """
    p, q = floats(control_rate), floats(treatment_rate)
    n, m = floats(control_units), floats(treatment_units)
    pooled = quotient(p * n + q * m, n + m)
    null = root(pooled * (1 - pooled) * (quotient(1, n) + quotient(1, m)))
    error = root(quotient(p * (1 - p), n) + quotient(q * (1 - q), m))
    return np.asarray(
        ndtr(quotient(np.abs(q - p) - critical_value(confidence_level) * null, error))
    )


def proportion_minimum_detectable_lift(
    control_rate: npt.ArrayLike,
    control_units: npt.ArrayLike,
    treatment_units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    wanted_power: npt.ArrayLike = 0.8,
) -> Floats:
    """Smallest relative rise of a rate that is found with a power.

    A fall of it is a rise of the rate of units that did not convert.

    Args:
        control_rate: Rate of control.
        control_units: Units of control.
        treatment_units: Units of treatment.
        confidence_level: Of the test.
        wanted_power: Such as 0.8.

    Returns:
        Lifts above 0; `nan` where not even a rate of 1 is found.

    Example:
        >>> round(float(proportion_minimum_detectable_lift(0.05, 8158, 8158)), 4)
        0.2
    """
    p = floats(control_rate)
    widest = quotient(1 - p, p)

    def found(lift: Floats) -> Floats:
        rate = np.clip(p * (1 + lift), 0, 1)
        return proportion_power(p, rate, control_units, treatment_units, confidence_level)

    low, high = np.zeros_like(widest), widest
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_enough = found(middle) >= floats(wanted_power)
        low, high = np.where(is_enough, low, middle), np.where(is_enough, middle, high)
    # At the far end the rate does not vary, and the power there is not one of the test.
    is_found = found(widest * (1 - 1e-9)) >= floats(wanted_power)
    return np.where(is_found, high, np.nan)
