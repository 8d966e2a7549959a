"""Markov attribution: a channel is worth the conversions that would be lost without it.

People walk from channel to channel until they convert or give up; the paths tell how likely
each step is. Removing a channel sends everybody who would come to it away without a conversion,
and the share of conversions lost is its removal effect. Total conversions are divided in
proportion to the removal effects (Anderl, Becker, von Wangenheim, Schumann: Mapping the customer
journey, 2016). The chain is solved exactly, as a sparse linear system; nothing is simulated.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from python_assets.attribution.paths import Floats, Integers, Paths


@dataclass(frozen=True)
class MarkovResult:
    """What the chain says of each channel, in the order of `Paths.channels`.

    Attributes:
        conversions: Conversions credited to each channel; they sum to those of the paths.
        removal_effects: Share of all conversions that would be lost without each channel.
        conversion_probability: Probability that somebody who sets out converts.
    """

    conversions: Floats
    removal_effects: Floats
    conversion_probability: float


@dataclass(frozen=True)
class _Chain:
    """States numbered from 0; the start is the last.

    Attributes:
        moves: Probability of going from each state (row) to each other.
        converts: Probability of converting from each state, as the next thing.
        channel: Channel each state stands at; -1 for the start.
    """

    moves: "sparse.csr_array"
    converts: Floats
    channel: Integers


def markov(paths: Paths, order: int = 1) -> MarkovResult:
    """Credit channels by their removal effects.

    Args:
        paths: Paths with and without conversion. Repeats of a channel in a row change nothing.
        order: How many of the last channels decide where people go next.

    Returns:
        Conversions and removal effects per channel; 0 for a channel in no path.

    Raises:
        ValueError: If the order is less than 1.
    """
    if order < 1:
        raise ValueError(f"order {order}: a chain remembers 1 channel or more")
    total = float(paths.conversions.sum())
    count = len(paths.channels)
    if total == 0:
        return MarkovResult(np.zeros(count), np.zeros(count), 0.0)
    chain = _chain(paths.without_repeats(), order)
    reached = _conversion_probability(chain, removed=None)
    effects = np.zeros(count)
    for channel in np.unique(chain.channel[:-1]):
        effects[channel] = 1 - _conversion_probability(chain, removed=channel) / reached
    # What rounding leaves below zero is zero: nobody converts more for want of a channel.
    effects = np.clip(effects, 0, 1)
    return MarkovResult(total * effects / effects.sum(), effects, reached)


def _chain(paths: Paths, order: int) -> _Chain:
    walks = paths.conversions + paths.non_conversions
    state, channel = _states(paths, order)
    start = len(channel)
    path = paths.path_of_step
    is_first = np.zeros(len(state), dtype=bool)
    is_first[paths.starts[:-1]] = True
    last = paths.starts[1:] - 1
    origin = np.where(is_first, start, np.roll(state, 1))
    counts = sparse.coo_array((walks[path], (origin, state)), shape=(start + 1, start + 1)).tocsr()
    leaving = np.bincount(state[last], weights=walks, minlength=start + 1)
    converting = np.bincount(state[last], weights=paths.conversions, minlength=start + 1)
    total = counts.sum(axis=1) + leaving
    # A path nobody walked leads through states nobody was in.
    shares = np.divide(1, total, out=np.zeros_like(total), where=total > 0)
    return _Chain(
        moves=(sparse.diags_array(shares) @ counts).tocsr(),
        converts=converting * shares,
        channel=np.append(channel, -1),
    )


def _states(paths: Paths, order: int) -> tuple[Integers, Integers]:
    """Number the memories people have at each step: the last `order` channels they saw.

    Returns:
        The state at every step, and the channel every state stands at.
    """
    state = paths.steps
    channel = np.arange(len(paths.channels))
    position = np.arange(len(paths.steps)) - paths.starts[:-1][paths.path_of_step]
    for back in range(1, order):
        # 0 stands for a time before the path began.
        earlier = np.where(position >= back, np.roll(paths.steps, back) + 1, 0)
        pairs = state * (len(paths.channels) + 1) + earlier
        distinct, renumbered = np.unique(pairs, return_inverse=True)
        channel = channel[distinct // (len(paths.channels) + 1)]
        state = renumbered.astype(np.int64)
    return state, channel


def _conversion_probability(chain: _Chain, removed: int | None) -> float:
    """Probability of converting from the start, when `removed` sends everybody away."""
    kept = np.flatnonzero(chain.channel != removed) if removed is not None else slice(None)
    moves = chain.moves[kept][:, kept]
    system = sparse.eye_array(moves.shape[0], format="csc") - moves.tocsc()
    return float(np.atleast_1d(spsolve(system, chain.converts[kept]))[-1])
