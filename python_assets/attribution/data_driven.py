"""The two data-driven models applied to a shop's paths: shares that SQL credits touches by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from python_assets.attribution.markov import markov
from python_assets.attribution.paths import Floats, Paths
from python_assets.attribution.shapley import Game, shapley
from python_assets.attribution.shares import calibrated_shares

PATH_SEPARATOR = " > "
SET_SEPARATOR = ","

SCHEMA = pa.schema(
    {
        "goal": pa.string(),
        "attribution_model": pa.string(),
        "channel_set": pa.string(),
        "channel": pa.string(),
        "share": pa.float64(),
        "model_conversions": pa.float64(),
        "removal_effect": pa.float64(),
    }
)


@dataclass(frozen=True)
class _Verdict:
    """What a model says: shares by set of channels, and totals and effects by channel."""

    model: str
    shares: Floats
    conversions: Floats
    effects: Floats | None = None


@dataclass(frozen=True)
class _ChannelSets:
    """The sets of channels that a goal's conversions came by.

    Attributes:
        channels: Names of the channels.
        members: Whether each set (row) holds each channel.
        names: Each set as text.
    """

    channels: Sequence[str]
    members: npt.NDArray[np.bool_]
    names: pa.StringArray


def channel_shares(paths: pa.Table, markov_order: int, shapley_game: Game) -> pa.Table:
    """Divide the conversions of every set of channels under markov and shapley, goal by goal.

    Args:
        paths: Columns goal, path (channel names with ` > ` between them), conversions,
            non_conversions.
        markov_order: How many of the last channels decide where people go next.
        shapley_game: What a set of channels is worth.

    Returns:
        One row per goal, model, set and channel of it, as `SCHEMA` has it: channel_set (its
        channels in order, with commas between them), channel, share (those of a set sum to 1),
        model_conversions (what the model credits the channel with over all paths of the goal)
        and removal_effect (under markov; null under shapley).
    """
    goals = sorted(pc.unique(paths["goal"]).to_pylist())
    tables = [SCHEMA.empty_table()]
    for goal in goals:
        parsed = parsed_paths(paths.filter(pc.equal(paths["goal"], goal)))
        if parsed.conversions.sum() > 0:
            tables += _shares_of_a_goal(goal, parsed, markov_order, shapley_game)
    return pa.concat_tables(tables)


def _shares_of_a_goal(
    goal: str, paths: Paths, markov_order: int, shapley_game: Game
) -> Iterator[pa.Table]:
    played = shapley(paths, shapley_game)
    chain = markov(paths, markov_order)
    is_converting = played.coalition_conversions > 0
    members = played.coalitions[is_converting]
    chain_shares = calibrated_shares(
        members,
        played.coalition_conversions[is_converting],
        chain.removal_effects,
        chain.conversions,
    )
    names = pa.array(channel_set_names(paths.channels, members), pa.string())
    sets = _ChannelSets(paths.channels, members, names)
    by_chain = _Verdict("markov", chain_shares, chain.conversions, chain.removal_effects)
    by_game = _Verdict("shapley", played.shares[is_converting], played.conversions)
    for verdict in (by_chain, by_game):
        yield from _tables(goal, sets, verdict)


def parsed_paths(paths: pa.Table) -> Paths:
    """Read paths written as text, as `channel_shares` takes them."""
    lists = pc.split_pattern(paths["path"], PATH_SEPARATOR).combine_chunks()
    names = lists.values.dictionary_encode()
    return Paths.from_arrays(
        names.dictionary.to_pylist(),
        names.indices.to_numpy().astype(np.int64),
        lists.offsets.to_numpy().astype(np.int64),
        paths["conversions"].to_numpy().astype(np.float64),
        paths["non_conversions"].to_numpy().astype(np.float64),
    )


def _tables(goal: str, sets: _ChannelSets, verdict: _Verdict) -> Iterator[pa.Table]:
    """One table per channel, so that no row is made in Python."""
    for channel, name in enumerate(sets.channels):
        rows = np.flatnonzero(sets.members[:, channel])
        effect = None if verdict.effects is None else verdict.effects[channel]
        columns = {
            "goal": pa.repeat(goal, len(rows)),
            "attribution_model": pa.repeat(verdict.model, len(rows)),
            "channel_set": sets.names.take(pa.array(rows)),
            "channel": pa.repeat(name, len(rows)),
            "share": pa.array(verdict.shares[rows, channel]),
            "model_conversions": pa.repeat(verdict.conversions[channel], len(rows)),
            "removal_effect": pa.repeat(pa.scalar(effect, pa.float64()), len(rows)),
        }
        yield pa.table(columns, SCHEMA)


def channel_set_names(
    channels: Sequence[str], coalitions: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    """Write each set of channels as its names in order, with commas between them."""
    written = np.full(len(coalitions), "", dtype=object)
    for channel in np.argsort(np.array(channels, dtype=object)):
        has_channel = coalitions[:, channel]
        separator = np.where(written[has_channel] == "", "", SET_SEPARATOR).astype(object)
        written[has_channel] += separator + channels[channel]
    return written
