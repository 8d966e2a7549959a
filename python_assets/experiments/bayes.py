"""Chances that a variant is better, for those who would rather think that way.

They answer another question than p values do, and they are not a licence to look every day: a
variant stopped at a chance of 95 % is worse more often than 5 % of the time.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, logsumexp, ndtr

from python_assets.experiments.arrays import Floats, floats, quotient, root
from python_assets.experiments.estimates import (
    Interval,
    Value,
    critical_value,
    relative_difference,
)


class Posterior(NamedTuple):
    """What is believed of a lift: a normal distribution.

    Attributes:
        mean: Lift to expect; 0.1 is 10 % more.
        standard_deviation: How far off that may be.
    """

    mean: Floats
    standard_deviation: Floats


class Risk(NamedTuple):
    """What a choice is expected to cost, as a share of the metric.

    Attributes:
        control: Lift forgone on average by keeping control.
        treatment: Loss on average by taking treatment.
    """

    control: Floats
    treatment: Floats


def lift_posterior(
    control: Value,
    treatment: Value,
    prior_mean: npt.ArrayLike = 0.0,
    prior_standard_deviation: npt.ArrayLike = np.inf,
) -> Posterior:
    """Belief of the relative lift after the experiment.

    Args:
        control: Of `proportion`, `mean` or `ratio`.
        treatment: Likewise.
        prior_mean: Lift expected before.
        prior_standard_deviation: How far off that was thought to be; infinite for no opinion.
    """
    lift = relative_difference(control, treatment)
    data = quotient(1, lift.standard_error**2)
    prior = quotient(1, floats(prior_standard_deviation) ** 2)
    mean = quotient(data * lift.value + prior * floats(prior_mean), data + prior)
    return Posterior(mean, root(quotient(1, data + prior)))


def chance_to_win(posterior: Posterior) -> Floats:
    """Probability that the lift is above 0."""
    return np.asarray(ndtr(quotient(posterior.mean, posterior.standard_deviation)))


def credible_interval(posterior: Posterior, level: npt.ArrayLike = 0.95) -> Interval:
    """Interval that holds the lift with a probability, with equal tails."""
    half = critical_value(level) * posterior.standard_deviation
    return Interval(posterior.mean - half, posterior.mean + half)


def risk(posterior: Posterior) -> Risk:
    """Expected loss of either choice: the mean of the part of the lift on the other side of 0."""
    z = quotient(posterior.mean, posterior.standard_deviation)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    forgone = posterior.mean * ndtr(z) + posterior.standard_deviation * density
    return Risk(np.asarray(forgone), np.asarray(forgone - posterior.mean))


def chance_to_beat(
    control_successes: int,
    control_units: int,
    treatment_successes: int,
    treatment_units: int,
    prior: tuple[int, float] = (1, 1.0),
) -> float:
    """Probability that treatment's rate is above control's: exact, of beta distributions.

    With whole numbers of successes the integral is a finite sum (Evan Miller: Formulas for
    Bayesian A/B testing, 2015, equation 6).

    Args:
        control_successes: Units of control that converted.
        control_units: Units of control.
        treatment_successes: Units of treatment that converted.
        treatment_units: Units of treatment.
        prior: Parameters of the beta distribution believed before, of both arms; the first is a
            whole number above 0. (1, 1) holds all rates equally likely.

    Raises:
        ValueError: If the first parameter of the prior is not a whole number above 0.

    Example:
        >>> round(chance_to_beat(10, 100, 15, 100), 6)
        0.853284
    """
    if prior[0] < 1 or prior[0] != int(prior[0]):
        raise ValueError(f"prior {prior}: a whole number above 0 is accepted as its first")
    a, b = prior[0] + control_successes, prior[1] + control_units - control_successes
    c, d = prior[0] + treatment_successes, prior[1] + treatment_units - treatment_successes
    i = np.arange(c)
    terms = betaln(a + i, b + d) - np.log(d + i) - betaln(1 + i, d) - betaln(a, b)
    return float(min(np.exp(logsumexp(terms)), 1.0))
