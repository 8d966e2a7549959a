"""Calibrated shares: they reach what can be reached, and come as near as can be to the rest."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from python_assets.attribution.markov import markov
from python_assets.attribution.paths import Floats
from python_assets.attribution.shapley import shapley
from python_assets.attribution.shares import calibrated_shares
from tests.python_assets.attribution.samples import (
    CONVERTING,
    Row,
    nine_journeys,
    nine_paths,
    paths_of,
)


def _coalitions(*sets: str) -> np.ndarray:
    """Sets of channels that are named by one letter each."""
    return np.array([[name in members for name in sorted(set("".join(sets)))] for members in sets])


def _assert_are_shares(shares: Floats, coalitions: np.ndarray) -> None:
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(shares)), rel=1e-12)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert (shares[~coalitions] == 0).all()


def _least_miss(coalitions: np.ndarray, conversions: Floats, totals: Floats) -> float:
    """The smallest sum of absolute differences to the totals, as a linear program."""
    rows, channels = np.nonzero(coalitions)
    sets, count, parts = *coalitions.shape, len(rows)
    limits = np.zeros((sets + count, parts + 2 * count))
    limits[rows, np.arange(parts)] = 1
    limits[sets + channels, np.arange(parts)] = 1
    limits[sets:, parts : parts + count] = np.eye(count)
    limits[sets:, parts + count :] = -np.eye(count)
    cost = np.concatenate([np.zeros(parts), np.ones(2 * count)])
    result = linprog(cost, A_eq=limits, b_eq=np.concatenate([conversions, totals]))
    return float(result.fun)


# ---------------------------------------------------------------- totals within reach


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 6), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_totals_within_reach_are_reached(channels: int, sets: int, seed: int):
    random = np.random.default_rng(seed)
    coalitions = random.random((sets, channels)) < 0.6
    coalitions[np.arange(sets), random.integers(0, channels, sets)] = True
    # Channels with few conversions between them fit slowly; these have enough.
    conversions = random.integers(20, 50, sets).astype(float)
    # A division that everybody has a part in, and the totals that it comes to.
    division = coalitions * random.uniform(0.5, 2, coalitions.shape)
    totals = conversions @ (division / division.sum(axis=1, keepdims=True))
    shares = calibrated_shares(coalitions, conversions, random.random(channels) + 0.1, totals)
    _assert_are_shares(shares, coalitions)
    assert conversions @ shares == pytest.approx(totals, abs=1e-9 * conversions.sum())


def test_a_division_that_fits_already_stays_as_it_is():
    # What the package marketing_attribution_models says of each journey: its conversion divided
    # by removal effects. Asked for the totals of that division, nothing needs to change.
    paths = nine_paths()
    effects = markov(paths).removal_effects
    members = np.zeros((9, 3), dtype=bool)
    members[paths.path_of_step, paths.steps] = True
    published = np.zeros((9, 3))
    published[paths.path_of_step, paths.steps] = [
        float(share)
        for journey in nine_journeys()
        for share in journey["attribution_markov_algorithmic"].split(" > ")
    ]
    shares = calibrated_shares(members, paths.conversions, effects, paths.conversions @ published)
    assert shares == pytest.approx(published, abs=1e-9)


def test_nine_paths_reach_the_totals_of_the_chain():
    paths = nine_paths()
    game, chain = shapley(paths), markov(paths)
    shares = calibrated_shares(
        game.coalitions, game.coalition_conversions, chain.removal_effects, chain.conversions
    )
    _assert_are_shares(shares, game.coalitions)
    assert game.coalition_conversions @ shares == pytest.approx(chain.conversions, rel=1e-11)


def test_two_channels_by_hand():
    # 10 by a alone, 20 by both, 10 by b alone; 25 and 15 leave 15 and 5 of those by both.
    coalitions = _coalitions("a", "ab", "b")
    shares = calibrated_shares(
        coalitions, np.array([10.0, 20, 10]), np.ones(2), np.array([25.0, 15])
    )
    assert shares == pytest.approx(np.array([[1, 0], [0.75, 0.25], [0, 1]]), abs=1e-12)


def test_weights_far_from_those_that_fit_are_mended():
    coalitions = _coalitions("ab")
    shares = calibrated_shares(
        coalitions, np.array([8.0]), np.array([1e-9, 1.0]), np.array([6.0, 2])
    )
    assert shares == pytest.approx(np.array([[0.75, 0.25]]), abs=1e-12)


# ---------------------------------------------------------------- totals out of reach


def test_a_channel_alone_in_most_conversions_keeps_them():
    coalitions = _coalitions("a", "ab")
    shares = calibrated_shares(
        coalitions, np.array([90.0, 10]), np.array([0.5, 0.5]), np.array([50.0, 50])
    )
    _assert_are_shares(shares, coalitions)
    # All that both came by goes to the other, which is as near to 50 as it gets.
    assert shares == pytest.approx(np.array([[1, 0], [0, 1]]), abs=1e-9)


def test_most_conversions_by_one_channel_do_not_slow_the_fit():
    # 10,000 by each alone and 1 by both, of which a should have .9.
    shares = calibrated_shares(
        _coalitions("a", "ab", "b"),
        np.array([1e4, 1, 1e4]),
        np.ones(2),
        np.array([1e4 + 0.9, 1e4 + 0.1]),
    )
    assert shares[1] == pytest.approx([0.9, 0.1], abs=1e-9)


def test_channels_that_have_enough_already_share_by_their_first_weights():
    # a and b should have 1 each and were alone in 5; c should have all that is left.
    shares = calibrated_shares(
        _coalitions("a", "b", "ab", "abc"),
        np.array([5.0, 5, 4, 4]),
        np.array([0.1, 0.3, 0.6]),
        np.array([1.0, 1, 16]),
    )
    expected = [[1, 0, 0], [0, 1, 0], [0.25, 0.75, 0], [0, 0, 1]]
    assert shares == pytest.approx(np.array(expected), abs=1e-12)


def test_channels_out_of_reach_do_not_spoil_the_division_among_others():
    # d should have 55 and can have 6, so that the others weigh ever less beside it. Among
    # themselves they still have to fit: a, b and c as 65, 27 and 9.
    coalitions = _coalitions("ab", "abc", "ad", "e", "abce")
    conversions = np.array([105.0, 25, 6, 40, 9])
    totals = np.array([65.66, 27.67, 8.85, 55.24, 27.58])
    shares = calibrated_shares(coalitions, conversions, totals, totals)
    reached = conversions @ shares
    assert reached[3:] == pytest.approx([6, 40], rel=1e-6)
    assert reached[:3] / totals[:3] == pytest.approx([139 / totals[:3].sum()] * 3, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 6), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_totals_out_of_reach_are_approached_as_far_as_can_be(channels: int, sets: int, seed: int):
    random = np.random.default_rng(seed)
    coalitions = random.random((sets, channels)) < 0.5
    coalitions[np.arange(sets), random.integers(0, channels, sets)] = True
    conversions = random.integers(0, 50, sets).astype(float)
    assume(conversions.sum() > 0)
    totals = random.dirichlet(np.full(channels, 0.7)) * conversions.sum()
    shares = calibrated_shares(coalitions, conversions, totals, totals)
    _assert_are_shares(shares, coalitions)
    miss = np.abs(conversions @ shares - totals).sum()
    # Where totals are on the edge of what can be reached, they are neared ever slower.
    least = _least_miss(coalitions, conversions, totals)
    assert miss == pytest.approx(least, abs=5e-3 * conversions.sum())


@settings(max_examples=60, deadline=None)
@given(CONVERTING, st.integers(1, 3))
def test_shares_of_any_chain_are_shares(rows: list[Row], order: int):
    paths = paths_of(rows)
    game, chain = shapley(paths), markov(paths, order)
    arguments = (
        game.coalitions,
        game.coalition_conversions,
        chain.removal_effects,
        chain.conversions,
    )
    shares = calibrated_shares(*arguments)
    _assert_are_shares(shares, game.coalitions)
    assert np.array_equal(shares, calibrated_shares(*arguments))


# ---------------------------------------------------------------- edges


def test_channels_that_weigh_nothing_share_what_nobody_else_came_by():
    coalitions = _coalitions("ab", "ac")
    shares = calibrated_shares(
        coalitions, np.array([4.0, 6]), np.array([0.0, 0, 1]), np.array([0.0, 0, 10])
    )
    assert shares.tolist() == [[0.5, 0.5, 0], [0, 0, 1]]


def test_a_channel_that_should_have_nothing_gets_nothing_beside_others():
    coalitions = _coalitions("ab")
    shares = calibrated_shares(coalitions, np.array([4.0]), np.ones(2), np.array([4.0, 0]))
    assert shares.tolist() == [[1, 0]]


def test_a_channel_in_no_set_leaves_the_others_in_proportion():
    coalitions = np.array([[True, True, False]])
    shares = calibrated_shares(coalitions, np.array([4.0]), np.ones(3), np.array([2.0, 1, 1]))
    assert shares == pytest.approx(np.array([[2 / 3, 1 / 3, 0]]), rel=1e-12)


def test_no_sets():
    shares = calibrated_shares(np.zeros((0, 2), dtype=bool), np.zeros(0), np.zeros(2), np.zeros(2))
    assert shares.shape == (0, 2)


@pytest.mark.parametrize("scale", [1e-9, 1e12])
def test_conversions_of_any_number(scale: float):
    coalitions = _coalitions("a", "ab", "b")
    conversions, totals = np.array([10.0, 20, 10]), np.array([25.0, 15])
    expected = calibrated_shares(coalitions, conversions, totals, totals)
    scaled = calibrated_shares(coalitions, conversions * scale, totals, totals * scale)
    assert scaled == pytest.approx(expected, rel=1e-9)
