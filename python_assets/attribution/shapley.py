"""Shapley attribution: every channel of a path gets its average marginal contribution.

A coalition is a set of channels. Two games can be played, and the numbers differ:

- `conversion_rate`: a coalition is worth the conversion rate of the paths with exactly its
  channels, 0 when there are none. The conversions of each observed coalition are divided by the
  Shapley values of the game among its own members. This is the game of the package
  marketing_attribution_models.
- `conversions`: a coalition is worth the conversions of all paths that need no other channel.
  The Shapley value then has a closed form: each conversion is divided equally among the distinct
  channels of its path (Zhao, Mahboobi, Bagheri: Shapley value methods for attribution modeling
  in online advertising, 2018).
"""

from dataclasses import dataclass
from math import factorial
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from python_assets.attribution.paths import Floats, Integers, Paths

Game = Literal["conversion_rate", "conversions"]

# Every subset of the channels is visited: 2 million for 21, 16 MB for each number kept of them.
# A shop has 21 channels at most (`orchestration.workspace.channels`).
MOST_CHANNELS = 21
# Contributions are sums of rates; this much below 0 is rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class ShapleyResult:
    """Conversions divided among the channels of the paths they came by.

    Attributes:
        conversions: Conversions credited to each channel, in the order of `Paths.channels`.
        coalitions: Whether each observed set of channels (row) holds each channel.
        coalition_conversions: Conversions of each observed set.
        shares: Share of each set's conversions that each channel gets; rows sum to 1.
        equally_shared: Conversions of sets with rare channels beyond the cap, which were
            divided equally instead.
        floored: Conversions of sets in which a channel's contribution was negative; it counts
            as 0, and the others share.
    """

    conversions: Floats
    coalitions: npt.NDArray[np.bool_]
    coalition_conversions: Floats
    shares: Floats
    equally_shared: float
    floored: float


def shapley(
    paths: Paths, game: Game = "conversion_rate", most_channels: int = MOST_CHANNELS
) -> ShapleyResult:
    """Credit channels by their Shapley values, exactly.

    Args:
        paths: Paths with and without conversion; neither order nor repeats matter.
        game: What a coalition is worth; see the module.
        most_channels: How many channels may play; those in the most walks do. Conversions of
            paths with any other channel are divided equally among the path's channels.

    Returns:
        Conversions and shares per channel; 0 for a channel in no path.

    Raises:
        ValueError: If the game is not known, or more channels may play than there is memory for.
    """
    if game not in get_args(Game):
        raise ValueError(f"game {game!r}: accepted are {', '.join(get_args(Game))}")
    if not 0 < most_channels <= MOST_CHANNELS:
        raise ValueError(f"{most_channels} channels: accepted are 1 to {MOST_CHANNELS}")
    coalitions, conversions, walks = _observed(paths)
    sizes = coalitions.sum(axis=1)
    shares = coalitions / sizes[:, None]
    equally_shared = floored = 0.0
    if game == "conversion_rate":
        players = _players(coalitions, walks, most_channels)
        is_played = coalitions[:, players].sum(axis=1) == sizes
        played = conversions[is_played]
        values = _rate_game(coalitions[is_played][:, players], played / walks[is_played])
        floored = float(played[(values < -_ROUNDING).any(axis=1)].sum())
        values = np.clip(values, 0, None)
        has_value = values.sum(axis=1) > 0
        rows = np.flatnonzero(is_played)[has_value]
        shares[np.ix_(rows, players)] = values[has_value] / values[has_value].sum(
            axis=1, keepdims=True
        )
        equally_shared = float(conversions[~is_played].sum())
    return ShapleyResult(
        conversions=conversions @ shares,
        coalitions=coalitions,
        coalition_conversions=conversions,
        shares=shares,
        equally_shared=equally_shared,
        floored=floored,
    )


def _observed(paths: Paths) -> tuple[npt.NDArray[np.bool_], Floats, Floats]:
    """Distinct sets of channels with their conversions and how often they were walked."""
    members = np.zeros((len(paths.conversions), len(paths.channels)), dtype=bool)
    members[paths.path_of_step, paths.steps] = True
    # One number per set, made of 32 channels at a time.
    which = np.zeros(len(members), dtype=np.int64)
    for start in range(0, len(paths.channels), 32):
        some = members[:, start : start + 32]
        numbered = (which << 32) | (some @ (1 << np.arange(some.shape[1])))
        which = np.unique(numbered, return_inverse=True)[1]
    _, first = np.unique(which, return_index=True)
    conversions = np.bincount(which, paths.conversions).astype(np.float64)
    walks = conversions + np.bincount(which, paths.non_conversions)
    is_walked = walks > 0
    return members[first][is_walked], conversions[is_walked], walks[is_walked]


def _players(coalitions: npt.NDArray[np.bool_], walks: Floats, most_channels: int) -> Integers:
    """Channels in the most walks, as indices in ascending order."""
    popularity = walks @ coalitions
    ranked = np.argsort(-popularity, kind="stable")
    seen = ranked[popularity[ranked] > 0]
    return np.sort(seen[:most_channels])


def _rate_game(coalitions: npt.NDArray[np.bool_], rates: Floats) -> Floats:
    """Shapley values of each coalition's members in the game among its subsets.

    With z_k(S) the summed worth of all subsets of S with k members, the marginal contributions
    of i to subsets of k members of S without i sum to z_(k+1)(S) - z_(k+1)(S-i) - z_k(S-i).
    Weighed by how likely i joins when just k others have, and added over k, the first term
    depends on S alone and the others on S-i alone. So two numbers per subset are enough, and only
    worths, which are never negative, are added up for either.
    """
    players = coalitions.shape[1]
    bit = 1 << np.arange(players)
    members = coalitions @ bit
    worth = np.zeros(1 << players)
    worth[members] = rates
    size = _subset_sizes(players)
    with_all = np.zeros_like(worth)
    with_one_less = np.zeros_like(worth)
    below = np.zeros_like(worth)
    for smaller in range(int(size[members].max(initial=0))):
        above = _subset_sums(np.where(size == smaller + 1, worth, 0))
        weight = np.array([_weight(smaller, whole) for whole in range(players + 2)])
        with_all += weight[size] * above
        with_one_less += weight[size + 1] * (above + below)
        below = above
    values = np.zeros(coalitions.shape)
    for player in range(players):
        whole = members[coalitions[:, player]]
        values[coalitions[:, player], player] = with_all[whole] - with_one_less[whole - bit[player]]
    return values


def _weight(smaller: int, size: int) -> float:
    """Probability that a member joins when just `smaller` of the others have."""
    if smaller >= size:
        return 0.0
    return factorial(smaller) * factorial(size - smaller - 1) / factorial(size)


def _subset_sizes(players: int) -> npt.NDArray[np.int8]:
    sizes = np.zeros(1, dtype=np.int8)
    for _ in range(players):
        sizes = np.concatenate([sizes, sizes + 1])
    return sizes.astype(np.int8)


def _subset_sums(worth: Floats) -> Floats:
    """For every subset, the worths of all subsets of it added up; overwrites `worth`."""
    stride = 1
    while stride < len(worth):
        halves = worth.reshape(-1, 2, stride)
        halves[:, 1] += halves[:, 0]
        stride *= 2
    return worth
