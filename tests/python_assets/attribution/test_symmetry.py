"""What every data-driven model owes to symmetry: conserved, fair, and blind to how rows lie."""

from collections.abc import Callable
from functools import partial
from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.attribution.markov import markov
from python_assets.attribution.paths import Floats, Paths
from python_assets.attribution.shapley import shapley
from tests.python_assets.attribution.samples import (
    CHANNELS,
    CONVERTING,
    Row,
    approximately,
    by_name,
    paths_of,
)

Model = Callable[[Paths], Floats]

MODELS: dict[str, Model] = {
    "markov of order 1": lambda paths: markov(paths, 1).conversions,
    "markov of order 2": lambda paths: markov(paths, 2).conversions,
    "markov of order 3": lambda paths: markov(paths, 3).conversions,
    "shapley of rates": lambda paths: shapley(paths, "conversion_rate").conversions,
    "shapley of rates, capped": lambda paths: shapley(paths, most_channels=3).conversions,
    "shapley of conversions": lambda paths: shapley(paths, "conversions").conversions,
}
# Which of two channels equal in walks may play is up to their order.
FAIR_MODELS = {name: model for name, model in MODELS.items() if "capped" not in name}

every_model = partial(pytest.mark.parametrize, "model")
examples = settings(max_examples=15, deadline=None)


def _credits(rows: list[Row], model: Model) -> dict[str, float]:
    paths = paths_of(rows)
    return by_name(paths, model(paths))


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_credits_sum_to_the_conversions(rows: list[Row], model: Model):
    paths = paths_of(rows)
    credited = model(paths)
    assert credited.sum() == pytest.approx(paths.conversions.sum(), rel=1e-12)
    assert (credited >= 0).all()


@every_model(FAIR_MODELS.values(), ids=FAIR_MODELS)
@examples
@given(rows=CONVERTING, names=st.sampled_from(list(permutations(CHANNELS))))
def test_renamed_channels_keep_their_credit(rows: list[Row], names: tuple[str, ...], model: Model):
    new_name = dict(zip(CHANNELS, names, strict=True))
    renamed = [(tuple(map(new_name.get, path)), *counts) for path, *counts in rows]
    # Names are given in one order before and after, so that channels are numbered differently.
    before, after = paths_of(rows, channels=CHANNELS), paths_of(renamed, channels=CHANNELS)
    expected = {new_name[name]: credit for name, credit in by_name(before, model(before)).items()}
    assert by_name(after, model(after)) == approximately(expected)


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_twice_the_people_are_twice_the_credit(rows: list[Row], model: Model):
    twice = [(path, 2 * converted, 2 * lost) for path, converted, lost in rows]
    expected = approximately({name: 2 * credit for name, credit in _credits(rows, model).items()})
    assert _credits(twice, model) == expected
    assert _credits(rows + rows, model) == expected


@every_model(FAIR_MODELS.values(), ids=FAIR_MODELS)
@examples
@given(rows=CONVERTING, random=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: list[Row], random: Random, model: Model):
    shuffled = random.sample(rows, len(rows))
    assert _credits(shuffled, model) == approximately(_credits(rows, model))


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_rows_may_be_split(rows: list[Row], model: Model):
    halves = [
        half
        for path, converted, lost in rows
        for half in ((path, converted, 0), (path, 0, lost), (path, 0, 0))
    ]
    assert _credits(halves, model) == approximately(_credits(rows, model))


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING, times=st.integers(2, 3))
def test_repeats_in_a_row_change_nothing(rows: list[Row], times: int, model: Model):
    repeated = [(tuple(name for name in path for _ in range(times)), *n) for path, *n in rows]
    assert _credits(repeated, model) == _credits(rows, model)


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_channels_nobody_came_by_get_exactly_nothing(rows: list[Row], model: Model):
    paths = paths_of([*rows, (("ghost", CHANNELS[0], "ghost"), 0, 0)], channels=["absent"])
    credited = dict(zip(paths.channels, model(paths), strict=True))
    assert credited["absent"] == credited["ghost"] == 0.0
    assert by_name(paths, model(paths)) == approximately(_credits(rows, model))


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_names_alike_but_for_case_and_spaces_share_one_credit(rows: list[Row], model: Model):
    shouted = [
        (tuple(f" {name.upper()}" if at % 2 else name for at, name in enumerate(path)), *n)
        for path, *n in rows
    ]
    folded = {name.casefold(): credit for name, credit in _credits(shouted, model).items()}
    expected = {name.casefold(): credit for name, credit in _credits(rows, model).items()}
    assert folded == expected


@every_model(MODELS.values(), ids=MODELS)
@examples
@given(rows=CONVERTING)
def test_the_same_paths_give_the_same_bits(rows: list[Row], model: Model):
    paths = paths_of(rows)
    assert np.array_equal(model(paths), model(paths))


@every_model(MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("channels", [(), ("a", "b")])
def test_no_paths(channels: tuple[str, ...], model: Model):
    assert model(Paths.of([], [], channels=channels)).tolist() == [0.0] * len(channels)


@every_model(MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("lost", [0, 5])
def test_no_conversions(lost: int, model: Model):
    assert model(Paths.of([["a", "b"], ["b"]], [0, 0], [lost, lost])).tolist() == [0, 0]


@every_model(MODELS.values(), ids=MODELS)
def test_only_one_channel_takes_it_all(model: Model):
    paths = Paths.of([["a"], ["a", "a", "a"]], [2, 3], [5, 0])
    assert model(paths).tolist() == pytest.approx([5], rel=1e-12)
