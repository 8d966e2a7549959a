"""Sums over units, from which everything about an arm follows.

A unit (visitor, customer) has a total of a numerator (conversions, revenue), of a denominator
(1 for a mean, sessions or clicks for a ratio) and of a covariate (the same quantity before the
experiment). SQL adds up the totals, their squares and their products; no row of a unit is needed.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Floats, floats, quotient

# A variance is a difference of sums. Below this share of the mean square it is rounding, not
# variation: equal values of 0.1 must not have a variance of 1e-17, and so a p value of 0.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Moments:
    """Sums over the units of arms, all in one shape (scalars too).

    Attributes:
        units: Number of units.
        numerator: Sum of the units' numerators.
        denominator: Sum of their denominators; the units, for a mean.
        covariate: Sum of their covariates.
        numerator_squares: Sum of the squares of numerators.
        denominator_squares: Sum of the squares of denominators.
        covariate_squares: Sum of the squares of covariates.
        numerator_denominator: Sum of the products of numerator and denominator.
        numerator_covariate: Sum of the products of numerator and covariate.
        denominator_covariate: Sum of the products of denominator and covariate.
    """

    units: Floats
    numerator: Floats
    denominator: Floats
    covariate: Floats
    numerator_squares: Floats
    denominator_squares: Floats
    covariate_squares: Floats
    numerator_denominator: Floats
    numerator_covariate: Floats
    denominator_covariate: Floats

    @classmethod
    def from_units(
        cls,
        numerator: npt.ArrayLike,
        denominator: npt.ArrayLike = 1.0,
        covariate: npt.ArrayLike = np.nan,
    ) -> "Moments":
        """Add up what single units did.

        Args:
            numerator: One per unit, along the last axis.
            denominator: One per unit; 1 for a mean or a proportion.
            covariate: One per unit; without one, what depends on it is `nan`.

        Example:
            >>> arm = Moments.from_units([1, 0, 0, 1])
            >>> float(arm.numerator_mean), round(float(arm.numerator_variance), 4)
            (0.5, 0.3333)
        """
        y, z, x = np.broadcast_arrays(floats(numerator), floats(denominator), floats(covariate))

        def sums(values: Floats) -> Floats:
            return np.asarray(values.sum(axis=-1))

        return cls(
            units=np.full(y.shape[:-1], float(y.shape[-1])),
            numerator=sums(y),
            denominator=sums(z),
            covariate=sums(x),
            numerator_squares=sums(y * y),
            denominator_squares=sums(z * z),
            covariate_squares=sums(x * x),
            numerator_denominator=sums(y * z),
            numerator_covariate=sums(y * x),
            denominator_covariate=sums(z * x),
        )

    def __add__(self, other: "Moments") -> "Moments":
        """The moments of the units of both."""
        return Moments(
            **{
                field.name: getattr(self, field.name) + getattr(other, field.name)
                for field in fields(self)
            }
        )

    @property
    def numerator_mean(self) -> Floats:
        """Numerator per unit."""
        return quotient(self.numerator, self.units)

    @property
    def denominator_mean(self) -> Floats:
        """Denominator per unit."""
        return quotient(self.denominator, self.units)

    @property
    def covariate_mean(self) -> Floats:
        """Covariate per unit."""
        return quotient(self.covariate, self.units)

    @property
    def numerator_variance(self) -> Floats:
        """Variance of units' numerators (n - 1); `nan` with fewer than two units."""
        return _variance(self.numerator_squares, self.numerator, self.units)

    @property
    def denominator_variance(self) -> Floats:
        """Variance of units' denominators (n - 1)."""
        return _variance(self.denominator_squares, self.denominator, self.units)

    @property
    def covariate_variance(self) -> Floats:
        """Variance of units' covariates (n - 1)."""
        return _variance(self.covariate_squares, self.covariate, self.units)

    @property
    def numerator_denominator_covariance(self) -> Floats:
        """Covariance of units' numerators and denominators (n - 1)."""
        return _covariance(self.numerator_denominator, self.numerator, self.denominator, self.units)

    @property
    def numerator_covariate_covariance(self) -> Floats:
        """Covariance of units' numerators and covariates (n - 1)."""
        return _covariance(self.numerator_covariate, self.numerator, self.covariate, self.units)

    @property
    def denominator_covariate_covariance(self) -> Floats:
        """Covariance of units' denominators and covariates (n - 1)."""
        return _covariance(self.denominator_covariate, self.denominator, self.covariate, self.units)


def _covariance(products: Floats, a: Floats, b: Floats, units: Floats) -> Floats:
    n = np.where(floats(units) > 1, units, np.nan)
    return np.asarray((products - a * quotient(b, n)) / (n - 1))


def _variance(squares: Floats, total: Floats, units: Floats) -> Floats:
    variance = _covariance(squares, total, total, units)
    is_rounding = variance <= ROUNDING * quotient(squares, units)
    return np.where(is_rounding, 0.0, variance)
