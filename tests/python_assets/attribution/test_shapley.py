"""Shapley: published totals, the average over all orderings, and what symmetry demands."""

from collections.abc import Callable, Iterator
from itertools import chain, combinations, permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.attribution.paths import Paths
from python_assets.attribution.shapley import MOST_CHANNELS, Game, ShapleyResult, shapley
from tests.python_assets.attribution.samples import (
    CONVERTING,
    Row,
    approximately,
    by_name,
    nine_path_totals,
    nine_paths,
    paths_of,
)

GAMES = st.sampled_from(["conversion_rate", "conversions"])
Coalition = frozenset[int]


def _credits(rows: list[Row], game: Game) -> dict[str, float]:
    paths = paths_of(rows)
    return by_name(paths, shapley(paths, game).conversions)


def _rows_of(result: ShapleyResult) -> dict[Coalition, int]:
    return {
        frozenset(np.flatnonzero(members).tolist()): row
        for row, members in enumerate(result.coalitions)
    }


# ---------------------------------------------------------------- published numbers


def test_nine_paths_as_published():
    paths = nine_paths()
    expected = nine_path_totals("shapley_size4_conv_rate")
    assert expected == {"A": 13.5, "B": 7.5, "C": 6.0}
    assert by_name(paths, shapley(paths).conversions) == pytest.approx(expected, rel=1e-12)


def test_nine_paths_in_the_other_game():
    paths = nine_paths()
    credited = by_name(paths, shapley(paths, "conversions").conversions)
    assert credited == pytest.approx({"A": 10.5, "B": 9, "C": 7.5}, rel=1e-12)


# ---------------------------------------------------------------- all orderings


def _average_over_orderings(
    coalition: Coalition, worth: Callable[[Coalition], float]
) -> dict[int, float]:
    """What each member adds on joining, averaged over all orders in which they could join."""
    orderings = list(permutations(sorted(coalition)))
    added = dict.fromkeys(coalition, 0.0)
    for ordering in orderings:
        for place, member in enumerate(ordering):
            before = frozenset(ordering[:place])
            added[member] += (worth(before | {member}) - worth(before)) / len(orderings)
    return added


def _subsets(channels: int) -> Iterator[tuple[int, ...]]:
    sizes = range(1, channels + 1)
    return chain.from_iterable(combinations(range(channels), size) for size in sizes)


def _random_market(seed: int, channels: int, floor: float) -> tuple[Paths, dict[Coalition, float]]:
    """Every set of channels at a random rate, of at least `floor` times the square of its size.

    The larger the floor, the more a channel is worth the more others are there, and the less
    will a channel be worth less than nothing.
    """
    random = np.random.default_rng(seed)
    sets = list(_subsets(channels))
    walks = random.integers(1000, 2000, len(sets)).astype(float)
    least = np.array([floor * len(members) ** 2 for members in sets])
    conversions = np.round(walks * (least + (0.9 - least.max()) * random.random(len(sets))))
    names = [str(channel) for channel in range(channels)]
    paths = Paths.of(
        [[names[member] for member in members] for members in sets],
        conversions,
        walks - conversions,
        channels=names,
    )
    rates = conversions / walks
    return paths, {frozenset(members): rate for members, rate in zip(sets, rates, strict=True)}


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("is_negative_tried", [False, True])
def test_shares_are_the_average_over_all_orderings(
    channels: int, seed: int, is_negative_tried: bool
):
    floor = 0.0 if is_negative_tried else 0.88 / channels**2
    paths, rates = _random_market(seed, channels, floor)
    result = shapley(paths)
    floored = 0.0
    for coalition, row in _rows_of(result).items():
        values = _average_over_orderings(coalition, lambda members: rates.get(members, 0.0))
        if min(values.values()) < 0:
            floored += result.coalition_conversions[row]
        # A contribution below zero counts as zero, and the others share.
        kept = {channel: max(value, 0.0) for channel, value in values.items()}
        expected = [kept.get(channel, 0.0) / sum(kept.values()) for channel in range(channels)]
        assert result.shares[row] == pytest.approx(expected, abs=1e-12)
    assert result.floored == pytest.approx(floored, rel=1e-12)
    if not is_negative_tried:
        assert floored == 0


@pytest.mark.parametrize("channels", [2, 5])
def test_some_random_markets_have_channels_worth_less_than_nothing(channels: int):
    assert any(shapley(_random_market(seed, channels, 0.0)[0]).floored > 0 for seed in range(4))


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_conversions_divided_alike_are_the_shapley_value_of_the_game_of_conversions(channels: int):
    paths, _ = _random_market(seed=7, channels=channels, floor=0.0)
    result = shapley(paths, "conversions")
    counts = {
        coalition: result.coalition_conversions[row] for coalition, row in _rows_of(result).items()
    }

    def worth(members: Coalition) -> float:
        return float(sum(count for other, count in counts.items() if other <= members))

    values = _average_over_orderings(frozenset(range(channels)), worth)
    assert result.conversions == pytest.approx([values[channel] for channel in range(channels)])


def test_a_channel_that_adds_nothing_is_not_taken_for_one_that_harms():
    # b converts nobody, alone or beside a: exactly 0 were it not for rounding.
    sets = [list(members) for size in (1, 2, 3) for members in combinations("abc", size)]
    worth = {"a": 1 / 3, "c": 1 / 7, "ac": 1 / 3 + 1 / 7}
    rates = [worth.get("".join(name for name in members if name != "b"), 0) for members in sets]
    result = shapley(Paths.of(sets, rates, [1 - rate for rate in rates]))
    assert result.floored == 0
    assert result.conversions[1] == pytest.approx(0, abs=1e-12)


# ---------------------------------------------------------------- what symmetry demands


@settings(max_examples=60, deadline=None)
@given(CONVERTING, GAMES, st.integers(1, 6))
def test_credits_sum_to_the_conversions_and_shares_to_one(
    rows: list[Row], game: Game, most_channels: int
):
    paths = paths_of(rows)
    result = shapley(paths, game, most_channels)
    assert result.conversions.sum() == pytest.approx(paths.conversions.sum(), rel=1e-12)
    assert result.coalition_conversions.sum() == paths.conversions.sum()
    assert result.shares.sum(axis=1) == pytest.approx(np.ones(len(result.shares)), rel=1e-12)
    assert ((result.shares >= 0) & (result.shares <= 1)).all()
    assert (result.shares[~result.coalitions] == 0).all()
    assert 0 <= result.floored + result.equally_shared <= paths.conversions.sum()


@settings(max_examples=40, deadline=None)
@given(CONVERTING, GAMES, st.randoms(use_true_random=False))
def test_order_of_rows_and_of_touches_and_repeats_do_not_matter(
    rows: list[Row], game: Game, random: Random
):
    shuffled = [(tuple(random.sample(path * 2, len(path) * 2)), *n) for path, *n in rows]
    random.shuffle(shuffled)
    assert _credits(shuffled, game) == approximately(_credits(rows, game))


# ---------------------------------------------------------------- edges


def test_rare_channels_beyond_the_cap_share_equally_and_are_counted():
    paths = Paths.of(
        [["a"], ["b"], ["a", "b"], ["b", "c"], ["a", "d"], ["d"]],
        [10, 20, 30, 4, 2, 1],
        [90, 80, 70, 6, 8, 9],
    )
    result = shapley(paths, most_channels=2)
    assert result.equally_shared == 4 + 2 + 1
    rows = _rows_of(result)
    assert result.shares[rows[frozenset({1, 2})]].tolist() == [0, 0.5, 0.5, 0]
    assert result.shares[rows[frozenset({3})]].tolist() == [0, 0, 0, 1]
    # a and b play as if there were no other: rates .1, .2 and .3 give .1 and .2.
    assert result.shares[rows[frozenset({0, 1})]] == pytest.approx([1 / 3, 2 / 3, 0, 0])
    assert shapley(paths, most_channels=4).equally_shared == 0


def test_the_cap_takes_the_channels_of_most_walks_whether_they_converted_or_not():
    paths = Paths.of([["rare"], ["rare", "often"], ["often"]], [5, 5, 0], [0, 0, 100])
    assert shapley(paths, most_channels=1).equally_shared == 10


def test_all_may_be_beyond_the_cap():
    result = shapley(Paths.of([["a", "b"], ["b", "c"]], [2, 4]), most_channels=1)
    assert result.equally_shared == 6
    assert result.conversions.tolist() == [1, 3, 2]


def test_sets_are_told_apart_by_any_of_many_channels():
    names = [str(channel) for channel in range(100)]
    paths = Paths.of([[name, "0"] for name in names], np.arange(100.0), channels=names)
    result = shapley(paths, most_channels=3)
    assert len(result.coalitions) == 99
    assert result.conversions[1:] == pytest.approx(np.arange(1.0, 100) / 2)
    assert result.conversions.sum() == pytest.approx(99 * 50)


def test_as_many_channels_as_a_shop_has_may_play():
    names = [str(channel) for channel in range(MOST_CHANNELS)]
    result = shapley(Paths.of([names, names[:1]], [3, 2], [7, 8]))
    assert result.equally_shared == 0
    # In the grand coalition, only the first channel adds anything before the last one joins: its
    # rate of .2, when it is first of all, which the one that comes second takes away again.
    first = 0.3 / MOST_CHANNELS + 0.2 / MOST_CHANNELS
    other = 0.3 / MOST_CHANNELS - 0.2 / MOST_CHANNELS / (MOST_CHANNELS - 1)
    assert result.conversions[0] == pytest.approx(2 + 3 * first / 0.3)
    assert result.conversions[1:] == pytest.approx([3 * other / 0.3] * (MOST_CHANNELS - 1))


@pytest.mark.parametrize("game", ["conversion_rate", "conversions"])
@pytest.mark.parametrize("paths", [Paths.of([], []), Paths.of([], [], channels=["a"])])
def test_no_paths(paths: Paths, game: Game):
    result = shapley(paths, game)
    assert result.conversions.tolist() == [0.0] * len(paths.channels)
    assert result.shares.shape == result.coalitions.shape == (0, len(paths.channels))


@pytest.mark.parametrize("most_channels", [0, MOST_CHANNELS + 1])
def test_more_channels_than_there_is_memory_for_are_refused(most_channels: int):
    with pytest.raises(ValueError, match=f"accepted are 1 to {MOST_CHANNELS}"):
        shapley(Paths.of([["a"]], [1]), most_channels=most_channels)


def test_unknown_games_are_refused():
    with pytest.raises(ValueError, match="'chess': accepted are conversion_rate, conversions"):
        shapley(Paths.of([["a"]], [1]), "chess")
