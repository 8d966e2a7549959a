"""Maximum likelihood for models of a few positive parameters, and when to say there is no fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]
# The mean log-likelihood at positive parameters, and its gradient with respect to them.
Objective = Callable[[Floats], tuple[float, Floats]]

# Slope of the mean log-likelihood by the logarithm of a parameter that passes for the top.
# Rounding leaves about 1e-9 of it. On CDNOW, 1e-6 is 0.01 % of a parameter.
STEEPEST = 1e-6
# A bound counts as reached within this much, as logarithms.
_AT_BOUND = 1e-6


class NoFitError(Exception):
    """The data do not decide the parameters of a model; the message says why in plain words."""


@dataclass(frozen=True)
class Parameter:
    """A positive parameter to be found.

    Times and money are scaled before a fit, so that it is of the order of 1. When it runs off to
    a bound, the data have no trace of what it stands for.

    Attributes:
        name: Its name.
        meaning: What it says of the data, in plain words.
        start: Where to start from.
        least: Lower bound.
        most: Upper bound.
        has_limits: Whether the model at a bound is one that people may well follow, such as
            nobody ever leaving; it is then as good as any.
    """

    name: str
    meaning: str
    start: float = 1.0
    least: float = 1e-4
    most: float = 1e4
    has_limits: bool = False


def weighed(share: Floats, numbers: Floats) -> Floats:
    """Sum numbers, weighed by shares, over their last axis.

    Not by `@`: that is done in threads, which wait for each other on a busy machine (a fit took
    15 times as long) and sum in an order that depends on how many there are.
    """
    return np.asarray(np.sum(share * numbers, axis=-1))


def maximise(objective: Objective, parameters: Sequence[Parameter]) -> Floats:
    """Find the parameters at which a mean log-likelihood is at its top.

    Bounded L-BFGS-B on the logarithms of the parameters (Byrd, Lu, Nocedal, Zhu: A limited memory
    algorithm for bound constrained optimization, 1995). Whether it got there is read from the
    gradient, not from the optimiser's flag: that reports a failure when rounding ends a search at
    the very top, and a success when one stopped short of it.

    Args:
        objective: Mean log-likelihood and gradient at one number per parameter.
        parameters: What to find.

    Returns:
        One number per parameter.

    Raises:
        NoFitError: If there is no top within the bounds, or at one that is a limit, or if the
            search does not come to it.
    """

    def descend(logarithms: Floats) -> tuple[float, Floats]:
        numbers = np.exp(logarithms)
        value, gradient = objective(numbers)
        return -value, -gradient * numbers

    result = minimize(
        descend,
        np.log([parameter.start for parameter in parameters]),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(parameter.least), np.log(parameter.most)) for parameter in parameters],
        # Never stop for slow progress: likelihoods have long ridges that rise by little.
        options={"ftol": 0.0, "gtol": STEEPEST / 100, "maxiter": 2_000, "maxfun": 4_000},
    )
    at_bound = _at_bounds(result.x, parameters)
    slope = np.where(at_bound, 0.0, descend(result.x)[1])
    steepest = float(np.max(np.abs(slope)))
    if not steepest <= STEEPEST:
        raise NoFitError(f"the search for the parameters did not settle (slope {steepest:.1e})")
    return np.asarray(np.exp(result.x))


def _at_bounds(logarithms: Floats, parameters: Sequence[Parameter]) -> list[bool]:
    """Tell which parameters ended at a bound, where a slope may be left.

    Raises:
        NoFitError: If one did whose bounds are no limits.
    """
    at_bound = []
    for parameter, logarithm in zip(parameters, logarithms, strict=True):
        bounds = (parameter.least, parameter.most)
        reached = [bound for bound in bounds if abs(logarithm - np.log(bound)) < _AT_BOUND]
        if reached and not parameter.has_limits:
            raise NoFitError(
                f"the data do not say {parameter.meaning} "
                f"({parameter.name} ran off to {reached[0]:g})"
            )
        at_bound.append(bool(reached))
    return at_bound
