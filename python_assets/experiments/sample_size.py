"""How many units an experiment needs, and how many days they take to come."""

import math

import numpy as np
import numpy.typing as npt
from scipy.special import nctdtr, ndtri, stdtrit

from python_assets.experiments.arrays import Floats, floats, quotient, root
from python_assets.experiments.estimates import critical_value

DAYS_OF_WEEK = 7
_HALVINGS = 60


def comparisonwise_level(confidence_level: npt.ArrayLike, arms: npt.ArrayLike) -> Floats:
    """Level of each comparison with control so that all together hold theirs (Bonferroni).

    Example:
        >>> float(comparisonwise_level(0.95, arms=3))
        0.975
    """
    return np.asarray(1 - (1 - floats(confidence_level)) / np.maximum(floats(arms) - 1, 1))


def proportion_sample_size(
    control_rate: npt.ArrayLike,
    treatment_rate: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    power: npt.ArrayLike = 0.8,
    arms: npt.ArrayLike = 2,
) -> Floats:
    """Units per arm to tell two rates apart by the pooled z test, not rounded.

    (z sqrt(2 p (1 - p)) + z' sqrt(p1 (1 - p1) + p2 (1 - p2)))^2 / (p2 - p1)^2 with p the mean of
    both rates (Fleiss, Levin, Paik: Statistical methods for rates and proportions, 2003,
    equation 4.14, without continuity correction).

    Args:
        control_rate: Rate of control.
        treatment_rate: Rate that is to be told apart from it.
        confidence_level: Of the experiment, shared by all comparisons with control.
        power: Probability of finding the difference.
        arms: Arms with control.

    Example:
        >>> round(float(proportion_sample_size(0.05, 0.06)), 2)
        8157.73
    """
    p, q = floats(control_rate), floats(treatment_rate)
    middle = (p + q) / 2
    critical = critical_value(comparisonwise_level(confidence_level, arms))
    errors = critical * root(2 * middle * (1 - middle)) + ndtri(floats(power)) * root(
        p * (1 - p) + q * (1 - q)
    )
    return quotient(errors**2, (q - p) ** 2)


def mean_sample_size(
    effect_size: npt.ArrayLike,
    confidence_level: npt.ArrayLike = 0.95,
    power: npt.ArrayLike = 0.8,
    arms: npt.ArrayLike = 2,
    treatment_per_control: npt.ArrayLike = 1.0,
) -> Floats:
    """Units of control to tell two means apart by the t test, not rounded.

    By the noncentral t distribution (Cohen: Statistical power analysis, 1988, chapter 2).

    Args:
        effect_size: Difference of means that is to be found, in standard deviations of units.
        confidence_level: Of the experiment, shared by all comparisons with control.
        power: Probability of finding the effect.
        arms: Arms with control.
        treatment_per_control: Units of a treatment per unit of control.

    Returns:
        Units of control; each treatment needs that times `treatment_per_control`.

    Example:
        >>> round(float(mean_sample_size(0.5)), 2)
        63.77
    """
    effects = np.abs(floats(effect_size))
    share = floats(treatment_per_control)
    level = comparisonwise_level(confidence_level, arms)
    normal = (critical_value(level) + ndtri(floats(power))) ** 2
    start = quotient(normal * (1 + quotient(1, share)), effects**2)
    # Student's t never needs fewer than the normal distribution, nor more than so many more.
    low, high = np.maximum(start * 0.9, 3 / (1 + share)), start * 2 + 10
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_enough = _t_power(effects, middle, share, level) >= floats(power)
        low, high = np.where(is_enough, low, middle), np.where(is_enough, middle, high)
    return np.asarray(high)


def _t_power(effects: Floats, units: Floats, share: Floats, level: Floats) -> Floats:
    degrees = units * (1 + share) - 2
    centre = effects * root(quotient(units * share, 1 + share))
    critical = -stdtrit(degrees, (1 - level) / 2)
    return np.asarray(1 - nctdtr(degrees, centre, critical) + nctdtr(degrees, centre, -critical))


def duration(units: float, units_per_day: float, *, whole_weeks: bool = True) -> int | None:
    """Days until so many units have come.

    Weekdays differ, so that an experiment has to see each of them as often: whole weeks.

    Args:
        units: Over all arms.
        units_per_day: That come to the experiment.
        whole_weeks: Whether to round up to them.

    Returns:
        Days; none if nobody comes, or the units are not known.

    Example:
        >>> duration(2 * 53_211, 5_000, whole_weeks=False), duration(2 * 53_211, 5_000)
        (22, 28)
    """
    if not units_per_day > 0 or not math.isfinite(units):
        return None
    days = math.ceil(units / units_per_day)
    return math.ceil(days / DAYS_OF_WEEK) * DAYS_OF_WEEK if whole_weeks else days
