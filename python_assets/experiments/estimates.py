"""An arm's value and how well it is known; differences and ratios of two arms.

Every kind of metric comes down to a value with a variance, and from there the way is the same:
Student's t with the degrees of freedom of Welch (Welch: The generalization of Student's problem
when several different population variances are involved, Biometrika 34, 1947), which is the
normal distribution where the degrees are infinite.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from python_assets.experiments.arrays import Floats, floats, logarithm, quotient, root

# Farther out a bound says nothing, and its exponential would become infinite.
_WIDEST_LOG_RATIO = 500.0


class Value(NamedTuple):
    """What was measured in an arm.

    Attributes:
        value: The metric.
        variance: Variance of the metric itself: the square of its standard error.
        degrees_of_freedom: Of the variance; infinite where a normal distribution is meant.
    """

    value: Floats
    variance: Floats
    degrees_of_freedom: Floats


class Estimate(NamedTuple):
    """What was estimated of two arms.

    Attributes:
        value: The estimate.
        standard_error: Its standard error.
        degrees_of_freedom: Of the standard error; infinite where a normal distribution is meant.
    """

    value: Floats
    standard_error: Floats
    degrees_of_freedom: Floats

    @property
    def statistic(self) -> Floats:
        """The estimate in standard errors: z or t; `nan` where nothing varies."""
        return quotient(self.value, self.standard_error)


class Interval(NamedTuple):
    """Between which bounds an unknown is.

    Attributes:
        lower: Lower bound.
        upper: Upper bound.
    """

    lower: Floats
    upper: Floats


def difference(control: Value, treatment: Value) -> Estimate:
    """Estimate treatment minus control.

    Example:
        >>> control, treatment = Value(0.10, 0.0001, np.inf), Value(0.13, 0.0003, np.inf)
        >>> round(float(difference(control, treatment).statistic), 6)
        1.5
    """
    return _estimate(
        floats(treatment.value) - floats(control.value),
        control.variance,
        treatment.variance,
        control,
        treatment,
    )


def log_ratio(control: Value, treatment: Value) -> Estimate:
    """Estimate the logarithm of treatment over control; nothing where one is not above 0.

    Errors of logarithms are relative errors, and nearly symmetric where those of ratios are not.
    """
    log_control, log_treatment = logarithm(control.value), logarithm(treatment.value)
    return _estimate(
        log_treatment - log_control,
        quotient(control.variance, np.square(control.value)),
        quotient(treatment.variance, np.square(treatment.value)),
        control,
        treatment,
    )


def relative_difference(control: Value, treatment: Value) -> Estimate:
    """Estimate the lift by the delta method, as Bayesian posteriors and other tools do.

    Not to decide on: at low rates its errors are lopsided, with far too many false losers and
    hardly any false winners. `log_ratio` is even.
    """
    scale = np.square(control.value)
    lift = quotient(floats(treatment.value) - floats(control.value), np.abs(control.value))
    # Of treatment over control, control enters by its own relative error times that ratio.
    through_control = control.variance * quotient(np.square(treatment.value), scale)
    return _estimate(
        lift,
        quotient(through_control, scale),
        quotient(treatment.variance, scale),
        control,
        treatment,
    )


def _estimate(
    value: Floats,
    control_variance: npt.ArrayLike,
    treatment_variance: npt.ArrayLike,
    control: Value,
    treatment: Value,
) -> Estimate:
    c, t = floats(control_variance), floats(treatment_variance)
    weights = quotient(c * c, control.degrees_of_freedom) + quotient(
        t * t, treatment.degrees_of_freedom
    )
    known = ~np.isnan(weights)
    degrees = np.where(
        weights > 0, quotient((c + t) ** 2, weights), np.where(known, np.inf, np.nan)
    )
    return Estimate(np.asarray(value), root(c + t), degrees)


def two_sided_p_value(statistic: npt.ArrayLike, degrees_of_freedom: npt.ArrayLike) -> Floats:
    """Probability of a statistic as far from 0 or farther, where nothing is to be found.

    Example:
        >>> two_sided_p_value([1.959964, 2.0], [np.inf, 10]).round(4).tolist()
        [0.05, 0.0734]
    """
    t, degrees = np.broadcast_arrays(-np.abs(floats(statistic)), floats(degrees_of_freedom))
    return np.asarray(2 * np.where(np.isinf(degrees), ndtr(t), stdtr(degrees, t)))


def critical_value(
    confidence_level: npt.ArrayLike, degrees_of_freedom: npt.ArrayLike = np.inf
) -> Floats:
    """Standard errors on each side that a two-sided interval takes, such as 1.96 at 0.95."""
    tail = (1 - floats(confidence_level)) / 2
    tail, degrees = np.broadcast_arrays(tail, floats(degrees_of_freedom))
    return np.asarray(-np.where(np.isinf(degrees), ndtri(tail), stdtrit(degrees, tail)))


def p_value(estimate: Estimate) -> Floats:
    """Two-sided p value that an estimate is 0; `nan` where nothing varies."""
    return two_sided_p_value(estimate.statistic, estimate.degrees_of_freedom)


def interval(estimate: Estimate, confidence_level: npt.ArrayLike = 0.95) -> Interval:
    """Interval of an estimate at a fixed horizon; nothing where nothing varies."""
    has_error = estimate.standard_error > 0
    error = np.where(has_error, estimate.standard_error, np.nan)
    half = critical_value(confidence_level, estimate.degrees_of_freedom) * error
    return Interval(estimate.value - half, estimate.value + half)


def as_lift(of_log_ratio: Interval) -> Interval:
    """Turn an interval of a log ratio into one of the relative lift: 0.1 is 10 % more."""
    return Interval(_expm1(of_log_ratio.lower), _expm1(of_log_ratio.upper))


def _expm1(values: Floats) -> Floats:
    return np.asarray(np.expm1(np.where(np.abs(values) < _WIDEST_LOG_RATIO, values, np.nan)))
