"""From what a model says of channels to a share for every channel of every conversion."""

import numpy as np
import numpy.typing as npt

from python_assets.attribution.paths import Floats

# Totals within reach are met in tens of rounds; those on the edge of it are neared ever slower.
_MOST_ROUNDS = 500
# Rounding moves conversions by about this much of their sum.
_ROUNDING = 1e-14
# Beside a weight larger by this factor, another one takes no share worth the name.
_WIDEST_GAP = 1e13


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
    members = coalitions.astype(np.float64)
    is_divided = members.sum(axis=1) > 1
    # Nothing is to be decided of conversions by one channel; left in, they would slow the fitting.
    wanted = np.clip(totals - conversions[~is_divided] @ members[~is_divided], 0, None)
    fitted = _fitted(members[is_divided], conversions[is_divided], weights, wanted)
    # Among channels that have enough by themselves the first weights decide; without any, nothing.
    shares: Floats = members / members.sum(axis=1, keepdims=True)
    for weighed in (members * weights, members * fitted):
        total = weighed.sum(axis=1, keepdims=True)
        np.divide(weighed, total, out=shares, where=total > 0)
    return shares


def _fitted(members: Floats, conversions: Floats, weights: Floats, wanted: Floats) -> Floats:
    """Weights by which channels get of the conversions of these sets what they want."""
    weights = np.where(wanted > 0, weights, 0.0)
    reached = np.zeros_like(weights)
    for _ in range(_MOST_ROUNDS):
        before, reached = reached, _reached(members, conversions, weights)
        if np.all(np.abs(reached - before) <= _ROUNDING * conversions.sum()):
            break
        factors = np.divide(wanted, reached, out=np.zeros_like(wanted), where=reached > 0)
        weights = _without_wide_gaps(weights * factors)
    return weights


def _reached(members: Floats, conversions: Floats, weights: Floats) -> Floats:
    """Conversions of each channel when its weight among those of a set is its share of it."""
    total = members @ weights
    per_weight = np.divide(conversions, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(weights * (per_weight @ members), dtype=np.float64)


def _without_wide_gaps(weights: Floats) -> Floats:
    """Move weights closer that are so far apart that no share would show it.

    Totals out of reach drive weights apart without end. They must not leave the range of floats,
    nor may a floor make alike what shares a set far below the others.
    """
    order = np.argsort(weights)[np.count_nonzero(weights == 0) :]
    gaps = np.minimum(np.diff(np.log(weights[order])), np.log(_WIDEST_GAP))
    below_heaviest = np.append(np.cumsum(gaps[::-1])[::-1], 0.0)
    closer = np.zeros_like(weights)
    closer[order] = np.exp(-below_heaviest[: len(order)])
    return closer
