"""Less noise by what units did before the experiment (CUPED).

The part of a unit's result that its past foretells is taken off: y - theta (x - mean of x), with
theta the slope of y on x (Deng, Xu, Kohavi, Walker: Improving the sensitivity of online controlled
experiments by utilizing pre-experiment data, WSDM 2013). Theta is of the units of both arms
together, as the covariate cannot depend on the variant.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, quotient
from python_assets.experiments.estimates import Value
from python_assets.experiments.means import mean
from python_assets.experiments.moments import Moments
from python_assets.experiments.ratios import ratio


class Adjusted(NamedTuple):
    """Two arms without the noise that a covariate explains.

    Attributes:
        control: Value of control.
        treatment: Value of treatment.
        variance_reduction: Share of the variance of the difference that is gone; `nan` without a
            covariate that varies.
    """

    control: Value
    treatment: Value
    variance_reduction: Floats


def adjusted_means(control: Moments, treatment: Moments) -> Adjusted:
    """Adjust numerators per unit by their covariate."""
    total = control + treatment
    slope = quotient(total.numerator_covariate_covariance, _varying(total))
    return _adjusted(
        control,
        treatment,
        (mean(control), mean(treatment)),
        (control.numerator_covariate_covariance, treatment.numerator_covariate_covariance),
        slope,
    )


def adjusted_ratios(control: Moments, treatment: Moments) -> Adjusted:
    """Adjust ratios by a covariate, after linearisation.

    A unit counts as (numerator - ratio x denominator) / mean denominator. The best covariate is
    made alike of the time before, per unit: numerator - r x denominator, with r the ratio of that
    time over the units of all arms.
    """
    total = control + treatment
    slope = quotient(_linearised_covariance(total), _varying(total))
    return _adjusted(
        control,
        treatment,
        (ratio(control), ratio(treatment)),
        (_linearised_covariance(control), _linearised_covariance(treatment)),
        slope,
    )


def _varying(total: Moments) -> Floats:
    return np.where(total.covariate_variance > 0, total.covariate_variance, np.nan)


def _linearised_covariance(arm: Moments) -> Floats:
    value = quotient(arm.numerator, arm.denominator)
    covariance = arm.numerator_covariate_covariance - value * arm.denominator_covariate_covariance
    return quotient(covariance, arm.denominator_mean)


def _adjusted(
    control: Moments,
    treatment: Moments,
    values: tuple[Value, Value],
    covariances: tuple[Floats, Floats],
    slope: npt.NDArray[np.float64],
) -> Adjusted:
    middle = (control + treatment).covariate_mean
    arms = []
    for arm, value, covariance in zip((control, treatment), values, covariances, strict=True):
        change = slope**2 * arm.covariate_variance - 2 * slope * covariance
        variance = np.maximum(value.variance + quotient(change, arm.units), 0)
        shifted = value.value - slope * (arm.covariate_mean - middle)
        arms.append(Value(np.asarray(shifted), variance, value.degrees_of_freedom))
    before = values[0].variance + values[1].variance
    after = arms[0].variance + arms[1].variance
    return Adjusted(arms[0], arms[1], 1 - quotient(after, before))
