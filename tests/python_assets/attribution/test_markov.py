"""Markov: published fractions, a dense solve of the same chain, and what symmetry demands."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.attribution import markov as module
from python_assets.attribution.markov import MarkovResult, markov
from python_assets.attribution.paths import Paths
from tests.python_assets.attribution.samples import (
    CONVERTING,
    Row,
    approximately,
    by_name,
    fractions,
    nine_path_totals,
    nine_paths,
    paths_of,
    rows_of_toy_case,
    toy_cases,
)

ORDERS = st.integers(1, 3)


def _credits(rows: list[Row], order: int = 1) -> dict[str, float]:
    paths = paths_of(rows)
    return by_name(paths, markov(paths, order).conversions)


def _is_bit_identical(one: MarkovResult, two: MarkovResult) -> bool:
    return (
        np.array_equal(one.conversions, two.conversions)
        and np.array_equal(one.removal_effects, two.removal_effects)
        and one.conversion_probability == two.conversion_probability
    )


# ---------------------------------------------------------------- published numbers


@pytest.mark.parametrize(
    "name",
    [
        "analyzecore/jerednel C1C2C3",
        "serhiipuzyrov",
        "pychattr AB",
        "eeghor markov fixture",
        "DP6 9 paths",
    ],
)
def test_published_cases_come_out_in_exact_fractions(name: str):
    case = toy_cases()[name]
    paths = paths_of(rows_of_toy_case(case))
    result = markov(paths)
    exactly = {"rel": 1e-12, "abs": 1e-12}
    probability = fractions({"p": str(case["p_conversion"])})["p"]
    assert result.conversion_probability == pytest.approx(probability, **exactly)
    effects = dict(zip(paths.channels, result.removal_effects, strict=True))
    assert effects == pytest.approx(fractions(case["removal_effect"]), **exactly)
    credited = dict(zip(paths.channels, result.conversions, strict=True))
    assert credited == pytest.approx(fractions(case["attributed_conversions"]), **exactly)


def test_every_published_case_is_tried():
    assert len(toy_cases()) == 5


def test_nine_paths_as_published():
    paths = nine_paths()
    expected = nine_path_totals("markov")
    assert expected == pytest.approx({"A": 10.643154, "B": 8.514523, "C": 7.842324}, abs=1e-6)
    assert by_name(paths, markov(paths).conversions) == pytest.approx(expected, rel=1e-12)


# ---------------------------------------------------------------- worked by hand


def test_longer_memory_sees_who_came_before():
    # Everybody ends at b. Those who came by a convert, those who came by c do not: a memory of
    # two channels knows that, and a memory of one takes half of each for a conversion.
    rows = [(("a", "b"), 1, 0), (("c", "b"), 0, 1)]
    assert _credits(rows, order=1) == approximately({"a": 0.25, "b": 0.5, "c": 0.25})
    assert _credits(rows, order=2) == approximately({"a": 0.5, "b": 0.5})


def test_second_order_by_hand():
    # States a, ab, ba, b and c: from ab 1 of 3 goes to ba, 1 of 3 converts; ba converts.
    # Conversion: start -> a (3 of 5) -> ab -> 2 of 3; start -> b (1 of 5) -> 1; c never.
    rows = [
        (("a", "b", "a"), 1, 0),
        (("a", "b"), 1, 1),
        (("b",), 1, 0),
        (("c", "b"), 0, 1),
    ]
    paths = paths_of(rows)
    result = markov(paths, order=2)
    assert result.conversion_probability == pytest.approx(3 / 5, rel=1e-12)
    # Without a only b on its own is left; without b nothing is; c was of no use.
    assert by_name(paths, result.removal_effects) == approximately({"a": 2 / 3, "b": 1})
    assert by_name(paths, result.conversions) == approximately({"a": 3 * 2 / 5, "b": 3 * 3 / 5})


def test_a_channel_on_the_way_to_others_conversions_is_credited():
    # Nobody who came by d converted, but d sends people to a, and from a 1 in 2 converts.
    assert _credits([(("d", "a"), 0, 1), (("a",), 1, 0)]) == approximately({"d": 1 / 3, "a": 2 / 3})


# ---------------------------------------------------------------- solved in another way


def _memories(sequence: tuple[str, ...], order: int) -> Iterator[tuple[str, ...]]:
    once = [name for place, name in enumerate(sequence) if sequence[place - 1 : place] != (name,)]
    for place in range(len(once)):
        yield tuple(once[max(0, place + 1 - order) : place + 1])


def _dense_probability(rows: list[Row], order: int, removed: str | None) -> float:
    """Probability of conversion from a table of all states: start, memories, conversion, null."""
    walks = [
        (["start", *_memories(sequence, order), end], count)
        for sequence, converted, lost in rows
        for end, count in (("conversion", converted), ("null", lost))
        if count
    ]
    states = sorted({state for walk, _ in walks for state in walk} | {"conversion"}, key=str)
    number = {state: place for place, state in enumerate(states)}
    counts = np.zeros((len(states), len(states)))
    for walk, count in walks:
        for origin, target in pairwise(walk):
            counts[number[origin], number[target]] += count
    moves = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for state in states:
        if isinstance(state, tuple) and state[-1] == removed:
            moves[number[state]] = 0
    converts = moves[:, number["conversion"]].copy()
    moves[:, number["conversion"]] = 0
    solution = np.linalg.solve(np.eye(len(states)) - moves, converts)
    return float(solution[number["start"]])


@settings(max_examples=80, deadline=None)
@given(CONVERTING, ORDERS)
def test_a_dense_solve_agrees(rows: list[Row], order: int):
    paths = paths_of(rows)
    result = markov(paths, order)
    reached = _dense_probability(rows, order, removed=None)
    assert result.conversion_probability == pytest.approx(reached, rel=1e-10)
    effects = [1 - _dense_probability(rows, order, name) / reached for name in paths.channels]
    assert result.removal_effects == pytest.approx(effects, abs=1e-10)


def _random_paths(seed: int, channels: int, paths: int, touches: int) -> Paths:
    random = np.random.default_rng(seed)
    return Paths.from_arrays(
        [f"channel {channel}" for channel in range(channels)],
        random.integers(0, channels, paths * touches),
        np.arange(0, paths * touches + 1, touches),
        random.integers(0, 3, paths).astype(float),
        random.integers(0, 9, paths).astype(float),
    )


def test_large_chains_solved_by_iteration_agree_with_factorisation(
    monkeypatch: pytest.MonkeyPatch,
):
    paths = _random_paths(seed=1, channels=8, paths=2000, touches=7)
    factorised = markov(paths, order=3)
    monkeypatch.setattr(module, "_MOST_STATES_FACTORISED", 0)
    iterated = markov(paths, order=3)
    assert iterated.removal_effects == pytest.approx(factorised.removal_effects, rel=1e-11)
    assert iterated.conversions == pytest.approx(factorised.conversions, rel=1e-11)
    assert not np.array_equal(iterated.removal_effects, factorised.removal_effects)


def test_a_chain_too_long_for_iteration_is_factorised(monkeypatch: pytest.MonkeyPatch):
    # One path in which no channel follows another one twice: for a memory of two there is one way
    # to go, of 256 steps, and iteration gets one step further at a time.
    monkeypatch.setattr(module, "_MOST_STATES_FACTORISED", 0)
    channels = 17
    steps = [(place * stride) % channels for stride in range(1, channels) for place in range(16)]
    result = markov(Paths.of([[str(step) for step in steps]], [1]), order=2)
    assert result.conversion_probability == pytest.approx(1, abs=1e-12)
    assert result.removal_effects == pytest.approx(np.ones(channels), abs=1e-12)


# ---------------------------------------------------------------- what symmetry demands


@settings(max_examples=60, deadline=None)
@given(CONVERTING, ORDERS)
def test_credits_sum_to_the_conversions_and_effects_are_shares(rows: list[Row], order: int):
    paths = paths_of(rows)
    result = markov(paths, order)
    assert result.conversions.sum() == pytest.approx(paths.conversions.sum(), rel=1e-12)
    assert (result.conversions >= 0).all()
    assert ((result.removal_effects >= 0) & (result.removal_effects <= 1)).all()
    assert 0 < result.conversion_probability <= 1 + 1e-12


def test_large_chains_give_the_same_bits_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_MOST_STATES_FACTORISED", 100)
    paths = _random_paths(seed=2, channels=6, paths=500, touches=6)
    assert _is_bit_identical(markov(paths, order=3), markov(paths, order=3))


# ---------------------------------------------------------------- edges


def test_a_channel_that_leads_to_no_conversion_gets_nothing():
    assert _credits([(("a",), 2, 1), (("b",), 0, 3)]) == approximately({"a": 2})


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1e12, 1e100])
def test_counts_of_any_size(scale: float):
    paths = Paths.of([["a", "b"], ["a", "c"]], [3 * scale, scale], [scale, scale])
    result = markov(paths)
    assert result.conversions == pytest.approx(np.array([2, 1.5, 0.5]) * scale, rel=1e-12)


def test_rare_conversions_are_not_lost_to_rounding():
    paths = Paths.of([["a"], ["b"], ["c"]], [1, 1e-9, 0], [1e9, 1e9, 1e12])
    result = markov(paths)
    assert result.removal_effects == pytest.approx([1 / (1 + 1e-9), 1e-9 / (1 + 1e-9), 0], rel=1e-9)


@pytest.mark.parametrize("order", [0, -1])
def test_a_chain_without_memory_is_refused(order: int):
    with pytest.raises(ValueError, match=f"order {order}"):
        markov(Paths.of([["a"]], [1]), order)
