"""Intervals and p values that hold however often one looks, and whenever one stops.

An asymptotic confidence sequence: a normal mixture over effects, of a mixing variance that makes
it narrowest at a number of units chosen beforehand (Waudby-Smith, Arbour, Sinha, Kennedy,
Ramdas: Time-uniform central limit theory and asymptotic confidence sequences, 2021, equations 9
and 79). It is the mixture sequential probability ratio test in other terms (Johari, Koomen,
Pekelis, Walsh: Always valid inference, Operations Research 70, 2022): the mixing variance is
rho^2 times the variance per unit.
"""

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, floats, quotient, root
from python_assets.experiments.estimates import Estimate, Interval

DEFAULT_TUNING_UNITS = 5000.0


def mixing_scale(
    confidence_level: npt.ArrayLike = 0.95, tuning_units: npt.ArrayLike = DEFAULT_TUNING_UNITS
) -> Floats:
    """Rho, by which the sequence is narrowest after so many units of both arms together.

    Example:
        >>> round(float(mixing_scale(0.95, 5000)), 6)
        0.03984
    """
    doubled = -2 * np.log(1 - floats(confidence_level))
    return root(quotient(doubled + np.log1p(doubled), tuning_units))


def critical_value(
    units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    tuning_units: npt.ArrayLike = DEFAULT_TUNING_UNITS,
) -> Floats:
    """Standard errors on each side of an estimate: what 1.96 is to one look, for any number.

    Args:
        units: Of both arms together, at the time of the look.
        confidence_level: Such as 0.95.
        tuning_units: After how many units the sequence is to be narrowest.
    """
    spread = floats(units) * mixing_scale(confidence_level, tuning_units) ** 2
    log_bound = np.log1p(spread) / 2 - np.log(1 - floats(confidence_level))
    return root(quotient(2 * (spread + 1) * log_bound, spread))


def confidence_sequence(
    estimate: Estimate,
    units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    tuning_units: npt.ArrayLike = DEFAULT_TUNING_UNITS,
) -> Interval:
    """Always-valid interval of a difference, or of a log ratio.

    Args:
        estimate: From `difference` or `log_ratio`; its degrees of freedom are not used.
        units: Of both arms together.
        confidence_level: Probability that the unknown is within all intervals of all looks.
        tuning_units: After how many units the sequence is to be narrowest; to be chosen before.

    Returns:
        Bounds; nothing where nothing varies.
    """
    error = np.where(estimate.standard_error > 0, estimate.standard_error, np.nan)
    half = critical_value(units, confidence_level, tuning_units) * error
    return Interval(estimate.value - half, estimate.value + half)


def always_valid_p_value(
    estimate: Estimate,
    units: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    tuning_units: npt.ArrayLike = DEFAULT_TUNING_UNITS,
) -> Floats:
    """P value that holds at any look: below 1 - level where the sequence excludes 0.

    The smallest p value of all looks so far is always valid too.
    """
    spread = floats(units) * mixing_scale(confidence_level, tuning_units) ** 2
    squared = np.square(estimate.statistic)
    log_evidence = quotient(squared * spread, 2 * (spread + 1)) - np.log1p(spread) / 2
    return np.asarray(np.exp(-np.maximum(log_evidence, 0)))


def msprt_p_value(
    difference: npt.ArrayLike,
    pair_variance: npt.ArrayLike,
    pairs: npt.ArrayLike,
    mixing_variance: npt.ArrayLike,
) -> Floats:
    """Mixture sequential probability ratio test, in closed form.

    Args:
        difference: Treatment minus control.
        pair_variance: Variance of a unit of control plus that of a unit of treatment.
        pairs: Units per arm.
        mixing_variance: Variance of the effects that are mixed over.

    Example:
        >>> round(float(msprt_p_value(0.012, 0.189456, 10_000, 0.0001)), 6)
        0.102644
    """
    v, n = floats(pair_variance), floats(pairs)
    spread = quotient(n * floats(mixing_variance), v)
    squared = quotient(n * np.square(floats(difference)), v)
    log_evidence = squared * spread / (2 * (spread + 1)) - np.log1p(spread) / 2
    return np.asarray(np.exp(-np.maximum(log_evidence, 0)))
