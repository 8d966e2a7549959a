"""How likely a BG/NBD model makes what customers did, and how that changes with its parameters.

See `bg_nbd` for the model and for the paper that equations are named by.
"""

from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, expit, gammaln

from python_assets.scoring.fitting import Floats, NoFitError, Objective, weighed


@dataclass(frozen=True)
class BgNbd:
    """Parameters of the model.

    Attributes:
        r: Shape of the purchase rates.
        alpha: Rate of the purchase rates, a time: r / alpha purchases per unit of it on average.
        a: First parameter of the probabilities of leaving.
        b: Second one: after a repeat purchase, a / (a + b) leave on average.
    """

    r: float
    alpha: float
    a: float
    b: float


@dataclass(frozen=True)
class Cells:
    """Customers grouped by what is known of them.

    Attributes:
        purchases: Repeat purchases of each cell.
        recency: Time from first to last purchase of each cell.
        age: Time since the first purchase of each cell.
        share: Share of all customers in each cell.
        counts: Distinct numbers of repeat purchases.
        share_of_count: Share of all customers with each of them.
    """

    purchases: Floats
    recency: Floats
    age: Floats
    share: Floats
    counts: Floats
    share_of_count: Floats

    @classmethod
    def of(
        cls,
        repeat_purchases: npt.ArrayLike,
        recency: npt.ArrayLike,
        age: npt.ArrayLike,
        weights: npt.ArrayLike,
    ) -> "Cells":
        """Check cells and weigh them, as `bg_nbd.fit` takes them.

        Raises:
            NoFitError: If there are no customers.
            ValueError: If a cell cannot be.
        """
        x, t_x, t, weight = as_floats(repeat_purchases, recency, age, weights)
        is_possible = (x >= 0) & (t_x >= 0) & (t_x <= t) & np.isfinite(x + t) & (weight >= 0)
        if not is_possible.all():
            raise ValueError(
                f"cell {int(np.argmin(is_possible))} (from 0): repeat purchases, recency, age and "
                "weight have to be 0 or more, and the recency no larger than the age"
            )
        if not weight.sum() > 0:
            raise NoFitError("there are no customers")
        share = weight / weight.sum()
        # Gamma functions are costly, and cells by the million have few distinct counts.
        counts, place = np.unique(x, return_inverse=True)
        return cls(x, t_x, t, share, counts, np.bincount(place, share).astype(np.float64))


def as_floats(*numbers: npt.ArrayLike) -> tuple[Floats, ...]:
    """Take numbers, or arrays of them, as arrays."""
    return tuple(np.asarray(number, dtype=np.float64) for number in numbers)


def log_likelihood(
    model: BgNbd, repeat_purchases: npt.ArrayLike, recency: npt.ArrayLike, age: npt.ArrayLike
) -> Floats:
    """Log-likelihood of one customer of each cell (equation 6).

    Args:
        model: Parameters.
        repeat_purchases: Purchases after the first one.
        recency: Time from first to last purchase, in the unit of the model.
        age: Time since the first purchase, in the same unit.

    Returns:
        Natural logarithms of densities, in the broadcast shape of the arguments.
    """
    x, t_x, t = as_floats(repeat_purchases, recency, age)
    odds = log_odds_of_having_left(model, x, t_x, t)
    return _of_count(model, x) + _of_times(model, x, t, odds)


def mean_log_likelihood(cells: Cells) -> Objective:
    """Mean log-likelihood of a customer, as a function of (r, alpha, a, b).

    Args:
        cells: All customers.

    Returns:
        What a fit maximises: it gives the mean and its derivatives by the parameters.
    """

    def objective(parameters: Floats) -> tuple[float, Floats]:
        model = BgNbd(*parameters.tolist())
        odds = log_odds_of_having_left(model, cells.purchases, cells.recency, cells.age)
        of_times = _of_times(model, cells.purchases, cells.age, odds)
        of_counts = weighed(cells.share_of_count, _of_count(model, cells.counts))
        slopes = weighed(cells.share_of_count, _slopes_of_count(model, cells.counts))
        value = float(of_counts + weighed(cells.share, of_times))
        return value, slopes + _slopes_of_times(model, cells, expit(odds))

    return objective


def log_odds_of_having_left(model: BgNbd, x: Floats, t_x: Floats, t: Floats) -> Floats:
    """Logarithm of the odds of having left after the last purchase.

    Minus infinity without repeat purchases: nobody leaves before the first of them.
    """
    purchases = np.maximum(x, 1)
    silence = np.log((model.alpha + t) / (model.alpha + t_x))
    odds = np.log(model.a / (model.b + purchases - 1)) + (model.r + purchases) * silence
    return np.where(x > 0, odds, -np.inf)


def _of_count(model: BgNbd, x: Floats) -> Floats:
    """What the log-likelihood has of the number of purchases alone."""
    rates = gammaln(model.r + x) - gammaln(model.r) + model.r * np.log(model.alpha)
    return np.asarray(rates + betaln(model.a, model.b + x) - betaln(model.a, model.b))


def _slopes_of_count(model: BgNbd, x: Floats) -> Floats:
    """Derivatives of `_of_count` by each parameter (rows)."""
    r, alpha, a, b = astuple(model)
    by_r = digamma(r + x) - digamma(r) + np.log(alpha)
    by_alpha = np.full_like(x, r / alpha)
    by_a = digamma(a + b) - digamma(a + b + x)
    return np.stack([by_r, by_alpha, by_a, by_a + digamma(b + x) - digamma(b)])


def _of_times(model: BgNbd, x: Floats, t: Floats, odds: Floats) -> Floats:
    """What else it has: of still being a customer, or else of having left."""
    return np.asarray(np.logaddexp(0, odds) - (model.r + x) * np.log(model.alpha + t))


def _slopes_of_times(model: BgNbd, cells: Cells, left: Floats) -> Floats:
    """Mean derivatives of `_of_times` by each parameter, given how probably a cell has left."""
    r, alpha, a, b = astuple(model)
    leaving, staying = left * cells.share, (1 - left) * cells.share
    since_first, since_last = alpha + cells.age, alpha + cells.recency
    exponent = r + cells.purchases
    by_r = -weighed(staying, np.log(since_first)) - weighed(leaving, np.log(since_last))
    by_alpha = -weighed(staying, exponent / since_first) - weighed(leaving, exponent / since_last)
    by_b = -weighed(leaving, 1 / (b + np.maximum(cells.purchases, 1) - 1))
    return np.array([by_r, by_alpha, leaving.sum() / a, by_b])
