"""BG/NBD: how often people buy, and when they stop.

While somebody is a customer, they buy at a constant rate; rates differ between people by a gamma
distribution with shape r and rate alpha. After every repeat purchase they leave for good with a
constant probability; those differ by a beta distribution with parameters a and b (Fader, Hardie,
Lee: "Counting your customers" the easy way, Marketing Science 24, 2005; equations named below are
of that paper). A customer is known by three numbers: how many purchases they made after the first
one, how long after the first the last of them was (recency; 0 without any), and how long ago the
first was (age). Times are in any unit; the rates of a model are per that unit.
"""

from dataclasses import astuple, replace

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaln, expit, gammaln, hyp2f1

from python_assets.scoring.bg_nbd_likelihood import (
    BgNbd,
    Cells,
    as_floats,
    log_odds_of_having_left,
    mean_log_likelihood,
)
from python_assets.scoring.fitting import Floats, NoFitError, Parameter, maximise, weighed

__all__ = [
    "BgNbd",
    "NoFitError",
    "expected_purchases",
    "expected_purchases_if_alive",
    "expected_purchases_of_newcomer",
    "fit",
    "probability_alive",
    "probability_of_no_purchase",
    "purchase_count_probability",
]

_HOW_OFTEN = "how buyers differ in how often they buy"
_HOW_SOON = "how buyers differ in how soon they stop"
_PARAMETERS = (
    Parameter("r", _HOW_OFTEN),
    Parameter("alpha", _HOW_OFTEN),
    # Where nobody leaves, a falls to 0; where all leave equally soon, a and b rise for ever. Both
    # are limits. Compared with 400 digits, `_expected_if_alive` is right up to here, and overflows
    # past 200.
    Parameter("a", _HOW_SOON, most=100, has_limits=True),
    Parameter("b", _HOW_SOON, has_limits=True),
)
# Nearer than this to a model for which a formula has no value, the mean of two models is taken,
# one to each side and twice as far away. That is off by the square of the distance; the formula
# itself is off by 1e-16 over the distance where it is 0 / 0, and by less elsewhere.
_NEAR_NOUGHT_BY_NOUGHT = 1e-4
_NEAR_INFINITE_TERMS = 1e-5


# ---------------------------------------------------------------- fitting


def fit(
    repeat_purchases: npt.ArrayLike,
    recency: npt.ArrayLike,
    age: npt.ArrayLike,
    weights: npt.ArrayLike,
) -> tuple[BgNbd, float]:
    """Fit the model by maximum likelihood.

    Args:
        repeat_purchases: Purchases after the first one, of each cell of alike customers.
        recency: Time from their first to their last purchase; 0 without repeat purchases.
        age: Time since their first purchase, no less than the recency.
        weights: How many customers each cell has.

    Returns:
        The model, in the unit of time of the ages, and the log-likelihood of all customers.

    Raises:
        NoFitError: If the data do not decide the parameters.
        ValueError: If a cell cannot be: a number is negative or not finite, or a recency is
            larger than the age.
    """
    cells = Cells.of(repeat_purchases, recency, age, weights)
    # By the mean age as unit all parameters are of the order of 1, whatever the unit was.
    unit = float(weighed(cells.share, cells.age))
    if not unit > 0:
        raise NoFitError("no time has passed since anybody's first purchase")
    scaled = replace(cells, recency=cells.recency / unit, age=cells.age / unit)
    r, alpha, a, b = maximise(mean_log_likelihood(scaled), _PARAMETERS).tolist()
    model = BgNbd(r, alpha * unit, a, b)
    mean, _ = mean_log_likelihood(cells)(np.array(astuple(model)))
    return model, mean * float(np.sum(weights))


# ---------------------------------------------------------------- what to expect


def probability_alive(
    model: BgNbd, repeat_purchases: npt.ArrayLike, recency: npt.ArrayLike, age: npt.ArrayLike
) -> Floats:
    """Probability that customers have not left for good.

    1 without repeat purchases, because the model has people leave after one: no measure of churn
    by itself (Fader, Hardie: Computing P(alive) using the BG/NBD model, note 021, 2008).

    Args:
        model: Parameters.
        repeat_purchases: Purchases after the first one.
        recency: Time from first to last purchase, in the unit of the model.
        age: Time since the first purchase, in the same unit.

    Returns:
        Probabilities, in the broadcast shape of the arguments.

    Example:
        >>> model = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> probability_alive(model, [0, 2], [0, 30.43], [38.86, 38.86]).round(3).tolist()
        [1.0, 0.727]
    """
    x, t_x, t = as_floats(repeat_purchases, recency, age)
    return np.asarray(expit(-log_odds_of_having_left(model, x, t_x, t)))


def probability_of_no_purchase(
    model: BgNbd,
    horizon: npt.ArrayLike,
    repeat_purchases: npt.ArrayLike,
    recency: npt.ArrayLike,
    age: npt.ArrayLike,
) -> Floats:
    """Probability that customers buy nothing within a time from now.

    They have left, or do not come to their next purchase: 1 - P(alive) (1 - ((alpha + age) /
    (alpha + age + horizon))^(r + x)), by the gamma distribution of rates given their purchases.

    Args:
        model: Parameters.
        horizon: Time from now, in the unit of the model.
        repeat_purchases: Purchases after the first one.
        recency: Time from first to last purchase, in the same unit.
        age: Time since the first purchase, in the same unit.

    Returns:
        Probabilities, in the broadcast shape of the arguments.
    """
    h, x, t = as_floats(horizon, repeat_purchases, age)
    waiting = ((model.alpha + t) / (model.alpha + t + h)) ** (model.r + x)
    return 1 - probability_alive(model, repeat_purchases, recency, age) * (1 - waiting)


def expected_purchases(
    model: BgNbd,
    horizon: npt.ArrayLike,
    repeat_purchases: npt.ArrayLike,
    recency: npt.ArrayLike,
    age: npt.ArrayLike,
) -> Floats:
    """Purchases to expect of customers within a time from now (equation 10).

    Args:
        model: Parameters.
        horizon: Time from now, in the unit of the model.
        repeat_purchases: Purchases after the first one.
        recency: Time from first to last purchase, in the same unit.
        age: Time since the first purchase, in the same unit.

    Returns:
        Mean numbers of purchases, in the broadcast shape of the arguments.
    """
    alive = probability_alive(model, repeat_purchases, recency, age)
    return alive * expected_purchases_if_alive(model, horizon, repeat_purchases, age)


def expected_purchases_of_newcomer(model: BgNbd, horizon: npt.ArrayLike) -> Floats:
    """Repeat purchases to expect within a time from the first purchase (equation 9)."""
    return expected_purchases_if_alive(model, horizon, 0.0, 0.0)


def expected_purchases_if_alive(
    model: BgNbd, horizon: npt.ArrayLike, repeat_purchases: npt.ArrayLike, age: npt.ArrayLike
) -> Floats:
    """Purchases to expect within a time from now of customers who have not left.

    It does not depend on when the last purchase was; `expected_purchases` is this times P(alive).

    Args:
        model: Parameters.
        horizon: Time from now, in the unit of the model.
        repeat_purchases: Purchases after the first one.
        age: Time since the first purchase, in the same unit.

    Returns:
        Mean numbers of purchases, in the broadcast shape of the arguments.
    """
    h, x, t = as_floats(horizon, repeat_purchases, age)
    step = _step_off_singularity(model)
    if step == 0:
        return _expected_if_alive(model, h, x, t)
    below, above = (replace(model, a=model.a + away) for away in (-step, step))
    return (_expected_if_alive(below, h, x, t) + _expected_if_alive(above, h, x, t)) / 2


def _step_off_singularity(model: BgNbd) -> float:
    """How far to move a to both sides of where `_expected_if_alive` has no value; 0 elsewhere."""
    if abs(model.a - 1) < _NEAR_NOUGHT_BY_NOUGHT:
        return 2 * _NEAR_NOUGHT_BY_NOUGHT
    # Without repeat purchases there is an infinite term at a + b = 1. Where r - a is a whole
    # number, scipy expands the hypergeometric function in a way that overflows.
    difference = model.r - model.a
    distance = min(abs(model.a + model.b - 1), abs(difference - round(difference)))
    return 2 * _NEAR_INFINITE_TERMS if distance < _NEAR_INFINITE_TERMS else 0.0


def _expected_if_alive(model: BgNbd, h: Floats, x: Floats, t: Floats) -> Floats:
    """Equation 10 without its denominator, by a hypergeometric function that stays finite.

    The paper has (1-z)^k F(k, m; c; z) with k = r + x: nothing times infinity, in floats, for
    frequent buyers. By Euler's transformation the same number is (1-z)^(c-m) F(c-k, c-m; c; z)
    with c - m = a - 1 (Abramowitz, Stegun: Handbook of mathematical functions, 15.3.3).
    """
    r, alpha, a, b = astuple(model)
    c, z = a + b + x - 1, h / (alpha + t + h)
    series = hyp2f1(a + b - 1 - r, a - 1, c, z)
    return np.asarray(c / (a - 1) * (1 - (1 - z) ** (a - 1) * series))


def purchase_count_probability(
    model: BgNbd, horizon: npt.ArrayLike, repeat_purchases: npt.ArrayLike
) -> Floats:
    """Probability of a number of repeat purchases within a time from the first (equation 8).

    Args:
        model: Parameters.
        horizon: Time from the first purchase, in the unit of the model.
        repeat_purchases: Number of purchases, a whole number of 0 or more.

    Returns:
        Probabilities, in the broadcast shape of the arguments.
    """
    h, x = as_floats(horizon, repeat_purchases)
    r, alpha, a, b = astuple(model)
    z = h / (alpha + h)
    staying = betaln(a, b + x) - betaln(a, b)
    count = gammaln(r + x) - gammaln(r) - gammaln(x + 1)
    here = np.exp(staying + count + r * np.log1p(-z)) * z**x
    # Somebody who left after purchase x would have made that many or more by their rate alone.
    purchases = np.maximum(x, 1)
    leaving = np.exp(betaln(a + 1, b + purchases - 1) - betaln(a, b))
    return np.asarray(here + np.where(x > 0, leaving * betainc(purchases, r, z), 0.0))
