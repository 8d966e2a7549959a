"""Paths as data: what is one channel, what is one path, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.attribution.paths import Paths, folded_codes
from tests.python_assets.attribution.samples import WALKED, Row, paths_of


def _sequences(paths: Paths) -> list[list[str]]:
    ends = zip(paths.starts[:-1], paths.starts[1:], strict=True)
    return [[paths.channels[step] for step in paths.steps[start:end]] for start, end in ends]


@settings(max_examples=40, deadline=None)
@given(WALKED)
def test_paths_hold_what_they_were_made_of(rows: list[Row]):
    paths = paths_of(rows)
    assert _sequences(paths) == [list(sequence) for sequence, _, _ in rows]
    assert paths.conversions.tolist() == [converted for _, converted, _ in rows]
    assert paths.non_conversions.tolist() == [lost for _, _, lost in rows]
    assert paths.path_of_step.tolist() == [
        place for place, (sequence, _, _) in enumerate(rows) for _ in sequence
    ]


@settings(max_examples=40, deadline=None)
@given(WALKED)
def test_a_run_of_one_channel_becomes_one_touch(rows: list[Row]):
    expected = [
        [name for place, name in enumerate(sequence) if place == 0 or name != sequence[place - 1]]
        for sequence, _, _ in rows
    ]
    once = paths_of(rows).without_repeats()
    assert _sequences(once) == expected
    assert _sequences(once.without_repeats()) == expected


def test_a_path_that_ends_where_the_next_begins_keeps_both_touches():
    paths = Paths.of([["a", "b", "b"], ["b", "b", "a"]], [1, 1])
    assert _sequences(paths.without_repeats()) == [["a", "b"], ["b", "a"]]


def test_names_alike_but_for_case_and_spaces_are_one_channel():
    paths = Paths.of([["Paid Search", " paid  search"], ["PAID SEARCH ", "email"]], [1, 1])
    assert paths.channels == ("Paid Search", "email")
    assert paths.steps.tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("name", ["a > b", "a,b", "a, b", ">", ",", "a_b", "ß", "日本"])
def test_any_sign_may_be_part_of_a_name(name: str):
    assert Paths.of([[name, "a"], ["b", name]], [1, 1]).channels == (name, "a", "b")


def test_channels_in_no_path_are_known_where_named():
    paths = Paths.of([["b"]], [1], channels=["a", "B"])
    assert paths.channels == ("a", "B")
    assert paths.steps.tolist() == [1]


@given(st.lists(st.sampled_from(["a", "A", " a", "b", "B ", "c  d", "C D"]), max_size=9))
def test_names_get_one_number_where_they_fold_to_one(names: list[str]):
    written, codes = folded_codes(names)
    folded = [" ".join(name.split()).casefold() for name in names]
    assert [written[code].casefold() for code in codes] == folded
    assert len(written) == len(set(folded))


def test_no_paths_are_paths_too():
    paths = Paths.of([], [])
    assert paths.channels == ()
    assert len(paths.without_repeats().steps) == 0


@pytest.mark.parametrize(
    ("sequences", "conversions", "non_conversions", "message"),
    [
        ([["a"], []], [1, 1], [0, 0], r"path 1 .* has no touch"),
        ([["a"], ["b"]], [1, -1], [0, 0], r"path 1 .* 0 or more conversions"),
        ([["a"], ["b"]], [1, 1], [-0.5, 0], r"path 0 .* 0 or more non-conversions"),
        ([["a"]], [float("nan")], [0], r"path 0 .* 0 or more conversions"),
        ([["a"]], [1], [float("inf")], r"path 0 .* 0 or more non-conversions"),
        ([["a"]], [1, 2], [0, 0], "1 paths, 2 conversions"),
        ([["a"]], [1], [0, 0], "2 non-conversions"),
    ],
)
def test_wrong_paths_are_refused(
    sequences: list, conversions: list, non_conversions: list, message: str
):
    with pytest.raises(ValueError, match=message):
        Paths.of(sequences, conversions, non_conversions)


@pytest.mark.parametrize("starts", [[0, 1], [1, 2], [0, 3]])
def test_starts_have_to_cover_all_steps(starts: list[int]):
    with pytest.raises(ValueError, match="the number of steps"):
        Paths.from_arrays(["a"], np.zeros(2, np.int64), np.array(starts), np.ones(1), np.zeros(1))
