"""From what a model says of channels to a share for every channel of every conversion."""

import numpy as np
import numpy.typing as npt

from python_assets.attribution.paths import Floats

_MOST_ROUNDS = 500
_CLOSE_ENOUGH = 1e-12


def calibrated_shares(
    coalitions: npt.NDArray[np.bool_], conversions: Floats, weights: Floats, totals: Floats
) -> Floats:
    """Divide conversions among the channels of their paths such that channels reach totals.

    A chain credits channels over all paths together and says nothing of a single conversion.
    Its removal effects divide one as a start; then channels that come out above their total are
    made lighter and those below it heavier, until all fit (iterative proportional fitting:
    Deming, Stephan, 1940). Totals that no division can reach, such as less for a channel than
    the conversions it was alone in, are approached as far as the paths permit.

    Args:
        coalitions: Whether each observed set of channels (row) holds each channel.
        conversions: Conversions of each set.
        weights: What each channel weighs at first, 0 or more, such as its removal effect.
        totals: Conversions each channel should get in all.

    Returns:
        Share of each set's conversions that each channel gets. Rows sum to 1.
    """
    weights = np.where(totals > 0, weights, 0.0)
    for _ in range(_MOST_ROUNDS):
        shares = _divided(coalitions, weights)
        reached = conversions @ shares
        if np.all(np.abs(reached - totals) <= _CLOSE_ENOUGH * max(totals.sum(), 1)):
            break
        weights = weights * np.divide(totals, reached, out=np.zeros_like(totals), where=reached > 0)
        # Only ratios matter; without this, totals out of reach would let weights overflow.
        weights = np.maximum(weights / max(weights.max(), 1e-300), 1e-200 * (weights > 0))
    return _divided(coalitions, weights)


def _divided(coalitions: npt.NDArray[np.bool_], weights: Floats) -> Floats:
    weighed = coalitions * weights
    total = weighed.sum(axis=1, keepdims=True)
    # Channels that all weigh nothing share alike.
    equal: Floats = coalitions / coalitions.sum(axis=1, keepdims=True)
    np.divide(weighed, total, out=equal, where=total > 0)
    return equal
