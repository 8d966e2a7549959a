"""Hashes against published vectors, and the fairness of what comes of them."""

import math

import numpy as np
import pytest

from python_assets.experiments.assignment import is_held_out, place, variant_of
from python_assets.experiments.srm import sample_ratio
from tests.python_assets.experiments.samples import case


def test_places_are_as_published():
    for seed, value, version, expected in case("assignment.growthbook_hash_vectors")["expected"][
        "vectors"
    ]:
        (found,) = place([value], seed, version).tolist()
        assert found == expected or (expected is None and math.isnan(found)), (seed, value)


def test_a_holdout_is_as_published():
    published = case("assignment.holdout_10pct")
    inputs, expected = published["inputs"], published["expected"]
    ids = [f"user_{number}" for number in range(inputs["n"])]
    assert is_held_out(ids, inputs["seed"], 0.10).sum() == expected["n_holdout"]
    assert place(list(expected["u"]), inputs["seed"]).tolist() == list(expected["u"].values())


def test_ids_of_all_lengths_are_hashed_as_if_alone():
    ids = ["", "a", "user_1", "naïve", "x" * 60]
    assert place(ids, "s").tolist() == [place(one, "s").item() for one in ids]


def test_variants_have_their_share_and_other_seeds_are_other_shuffles():
    ids = np.char.add("visitor-", np.arange(60_000).astype(str))
    splits = [0.5, 0.3, 0.1]
    variants = variant_of(ids, "summer", splits)
    counts = np.bincount(variants + 1, minlength=4)
    assert sample_ratio(counts, [0.1, *splits]).p_value > 0.001
    again = variant_of(ids, "winter", splits)
    overlap = (again[variants == 0] == 0).mean()
    assert overlap == pytest.approx(0.5, abs=0.015)


def test_splits_that_sum_to_1_leave_nobody_out():
    ids = np.arange(30_000).astype(str)
    assert variant_of(ids, "x", np.full(3, 1 / 3)).min() == 0
    assert variant_of(ids, "x", np.full(10, 0.1)).min() == 0
