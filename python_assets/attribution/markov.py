"""Markov attribution: a channel is worth the conversions that would be lost without it.

People walk from channel to channel until they convert or give up; the paths tell how likely
each step is. Removing a channel sends everybody who would come to it away without a conversion,
and the share of conversions lost is its removal effect. Total conversions are divided in
proportion to the removal effects (Anderl, Becker, von Wangenheim, Schumann: Mapping the customer
journey, 2016). The chain is solved exactly, as a sparse linear system; nothing is simulated.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import gmres, spsolve

from python_assets.attribution.paths import Floats, Integers, Paths

# Up to here factorising a chain takes milliseconds. Beyond, chains that mix well fill up: one of
# 8,000 states takes 1.6 s for each channel, and a hundredth of that by iteration.
_MOST_STATES_FACTORISED = 1_000
# What is left of a solution found by iteration, in proportion; beside it, rounding is as large.
_ROUNDING = 1e-14


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
        is_visited: Whether anybody was ever in each state.
    """

    moves: sparse.csr_array
    converts: Floats
    channel: Integers
    is_visited: npt.NDArray[np.bool_]


def markov(paths: Paths, order: int = 1) -> MarkovResult:
    """Credit channels by their removal effects.

    Args:
        paths: Paths with and without conversion. Repeats of a channel in a row change nothing.
        order: How many of the last channels decide where people go next.

    Returns:
        Conversions and removal effects per channel; 0 for a channel in no path. A channel that
        only paths without conversion have may be credited: people came by it to others.

    Raises:
        ValueError: If the order is less than 1.
    """
    if order < 1:
        raise ValueError(f"order {order}: a chain remembers 1 channel or more")
    total = float(paths.conversions.sum())
    effects = np.zeros(len(paths.channels))
    if total == 0:
        return MarkovResult(np.zeros_like(effects), effects, 0.0)
    chain = _chain(paths.without_repeats(), order)
    chances = _solved(chain.moves, chain.converts)
    for channel in np.unique(chain.channel[:-1][chain.is_visited[:-1]]):
        is_removed = chain.channel == channel
        lost = _first_visits(chain, is_removed) @ chances[is_removed]
        effects[channel] = lost / chances[-1]
    # What rounding leaves outside of 0 to 1.
    effects = np.clip(effects, 0, 1)
    return MarkovResult(total * effects / effects.sum(), effects, float(chances[-1]))


def _first_visits(chain: _Chain, is_removed: npt.NDArray[np.bool_]) -> Floats:
    """How likely people who set out come to each of some states before any other of them."""
    kept, removed = np.flatnonzero(~is_removed), np.flatnonzero(is_removed)
    moves = chain.moves[kept]
    setting_out = np.zeros(len(kept))
    setting_out[-1] = 1
    visits = _solved(moves[:, kept].T, setting_out)
    first: Floats = visits @ moves[:, removed]
    return first


def _solved(moves: sparse.sparray, inflow: Floats) -> Floats:
    """Solve x = moves x + inflow, to rounding.

    Every state has a way to the end, that of a path through it, so there is one solution.
    """
    system = (sparse.eye_array(len(inflow)) - moves).tocsc()
    if len(inflow) > _MOST_STATES_FACTORISED:
        solution, failure = gmres(system, inflow, rtol=_ROUNDING, restart=100, maxiter=2)
        if failure == 0:
            return np.asarray(solution)
    return np.atleast_1d(spsolve(system, inflow))


def _chain(paths: Paths, order: int) -> _Chain:
    walks = paths.conversions + paths.non_conversions
    state, channel = _states(paths, order)
    start = len(channel)
    last = paths.starts[1:] - 1
    origin = np.roll(state, 1)
    origin[paths.starts[:-1]] = start
    moved = (walks[paths.path_of_step], (origin, state))
    counts = sparse.coo_array(moved, shape=(start + 1, start + 1)).tocsr()
    leaving = np.bincount(state[last], weights=walks, minlength=start + 1)
    converting = np.bincount(state[last], weights=paths.conversions, minlength=start + 1)
    total = counts.sum(axis=1) + leaving
    # A path nobody walked leads through states nobody was in.
    shares = np.divide(1, total, out=np.zeros_like(total), where=total > 0)
    return _Chain(
        moves=(sparse.diags_array(shares) @ counts).tocsr(),
        converts=converting * shares,
        channel=np.append(channel, -1),
        is_visited=total > 0,
    )


def _states(paths: Paths, order: int) -> tuple[Integers, Integers]:
    """Number the memories people have at each step: the last `order` channels they saw.

    Returns:
        The state at every step, and the channel every state stands at.
    """
    state = paths.steps
    channel = np.arange(len(paths.channels))
    position = np.arange(len(paths.steps)) - paths.starts[:-1][paths.path_of_step]
    kinds = len(paths.channels) + 1
    for back in range(1, order):
        # 0 stands for a time before the path began.
        earlier = np.where(position >= back, np.roll(paths.steps, back) + 1, 0)
        pairs = state * kinds + earlier
        distinct = np.flatnonzero(np.bincount(pairs))
        number = np.zeros(len(channel) * kinds, dtype=np.int64)
        number[distinct] = np.arange(len(distinct))
        state, channel = number[pairs], channel[distinct // kinds]
    return state, channel
