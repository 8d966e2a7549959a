"""Gamma-Gamma: what people spend an order.

What somebody spends varies from order to order by a gamma distribution with shape p, around a
mean that varies between people: its rate is gamma distributed with shape q and rate v. What
people spend is taken not to depend on how often they buy (Fader, Hardie: The Gamma-Gamma model of
monetary value, note 025, 2013; Fader, Hardie, Lee: RFM and CLV, 2005).
"""

from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from python_assets.scoring.fitting import (
    Floats,
    NoFitError,
    Objective,
    Parameter,
    maximise,
    weighed,
)

__all__ = ["GammaGamma", "NoFitError", "Spenders", "expected_value", "fit", "mean_log_likelihood"]

_BETWEEN = "how buyers differ from each other in what they spend"
_PARAMETERS = (
    Parameter("p", "how the orders of one buyer differ"),
    Parameter("q", _BETWEEN, start=2.0),
    Parameter("v", _BETWEEN),
)


@dataclass(frozen=True)
class GammaGamma:
    """Parameters of the model.

    Attributes:
        p: Shape of what one person spends.
        q: Shape of the differences between people; over 1, or there is no mean of all people.
        v: Rate of the differences between people, in money.
    """

    p: float
    q: float
    v: float


@dataclass(frozen=True)
class Spenders:
    """Customers with repeat purchases, grouped by what is known of them.

    Attributes:
        purchases: Repeat purchases of each cell.
        value: Their mean value.
        share: Share of all customers in each cell.
        counts: Distinct numbers of repeat purchases.
        share_of_count: Share of all customers with each of them.
    """

    purchases: Floats
    value: Floats
    share: Floats
    counts: Floats
    share_of_count: Floats

    @classmethod
    def of(
        cls, repeat_purchases: npt.ArrayLike, mean_value: npt.ArrayLike, weights: npt.ArrayLike
    ) -> "Spenders":
        """Check cells and weigh them, as `fit` takes them.

        Raises:
            NoFitError: If there are no customers.
            ValueError: If a cell cannot be.
        """
        x, value, weight = (
            np.asarray(numbers, dtype=np.float64)
            for numbers in (repeat_purchases, mean_value, weights)
        )
        is_possible = (x >= 1) & (value > 0) & np.isfinite(x * value) & (weight >= 0)
        if not is_possible.all():
            raise ValueError(
                f"cell {int(np.argmin(is_possible))} (from 0): 1 repeat purchase or more, a mean "
                "value over 0 and a weight of 0 or more are accepted"
            )
        if not weight.sum() > 0:
            raise NoFitError("there are no customers with repeat purchases")
        share = weight / weight.sum()
        # Gamma functions are costly, and cells by the million have few distinct counts.
        counts, place = np.unique(x, return_inverse=True)
        return cls(x, value, share, counts, np.bincount(place, share).astype(np.float64))


def fit(
    repeat_purchases: npt.ArrayLike, mean_value: npt.ArrayLike, weights: npt.ArrayLike
) -> GammaGamma:
    """Fit the model by maximum likelihood.

    Args:
        repeat_purchases: Purchases after the first one, 1 or more, of each cell of customers.
        mean_value: Mean value of these purchases, in money, over 0.
        weights: How many customers each cell has.

    Returns:
        The model, in the money of the values.

    Raises:
        NoFitError: If the data do not decide the parameters, or by them the mean value of all
            people is infinite (q of 1 or less).
        ValueError: If a cell cannot be.
    """
    cells = Spenders.of(repeat_purchases, mean_value, weights)
    # By the mean value as unit all parameters are of the order of 1, whatever the currency was.
    unit = float(weighed(cells.share, cells.value))
    scaled = Spenders.of(cells.purchases, cells.value / unit, cells.share)
    p, q, v = maximise(mean_log_likelihood(scaled), _PARAMETERS).tolist()
    if q <= 1:
        raise NoFitError(
            f"buyers differ too much in what they spend for a mean of all of them (q is {q:.2f}; "
            "over 1 is needed)"
        )
    return GammaGamma(p, q, v * unit)


def mean_log_likelihood(cells: Spenders) -> Objective:
    """Mean log-likelihood of a customer, as a function of (p, q, v).

    Args:
        cells: All customers with repeat purchases.

    Returns:
        What a fit maximises: it gives the mean and its derivatives by the parameters.
    """
    spent = cells.purchases * cells.value
    log_spent = np.log(spent)
    constant = weighed(cells.share, np.log(cells.value))

    def objective(parameters: Floats) -> tuple[float, Floats]:
        p, q, v = parameters.tolist()
        log_total, shape = np.log(spent + v), p * cells.purchases + q
        of_counts, slopes = _of_counts(GammaGamma(p, q, v), cells)
        of_values = p * cells.purchases * log_spent - shape * log_total
        by_values = [
            weighed(cells.share, cells.purchases * (log_spent - log_total)),
            -weighed(cells.share, log_total),
            -weighed(cells.share, shape / (spent + v)),
        ]
        value = float(of_counts + weighed(cells.share, of_values) - constant)
        return value, slopes + np.array(by_values)

    return objective


def _of_counts(model: GammaGamma, cells: Spenders) -> tuple[Floats, Floats]:
    """What the mean log-likelihood has of numbers of purchases alone, and its derivatives."""
    p, q, v = astuple(model)
    shape = p * cells.counts
    terms = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(v)
    slopes = np.stack(
        [
            cells.counts * (digamma(shape + q) - digamma(shape)),
            digamma(shape + q) - digamma(q) + np.log(v),
            np.full_like(shape, q / v),
        ]
    )
    return weighed(cells.share_of_count, terms), weighed(cells.share_of_count, slopes)


def expected_value(
    model: GammaGamma, repeat_purchases: npt.ArrayLike, mean_value: npt.ArrayLike
) -> Floats:
    """Mean value of the purchases to come of customers.

    The more purchases somebody made, the more their own mean counts beside that of all people,
    p v / (q - 1), which alone counts without repeat purchases.

    Args:
        model: Parameters.
        repeat_purchases: Purchases after the first one.
        mean_value: Mean value of these; of no account without any.

    Returns:
        Money, in the broadcast shape of the arguments.

    Example:
        >>> model = GammaGamma(p=6.25, q=3.74, v=15.44)
        >>> expected_value(model, [0, 2], [0, 22.35]).round(2).tolist()
        [35.22, 24.66]
    """
    x = np.asarray(repeat_purchases, dtype=np.float64)
    spent = np.where(x > 0, x * np.asarray(mean_value, dtype=np.float64), 0.0)
    return np.asarray(model.p * (model.v + spent) / (model.p * x + model.q - 1))
