"""Ranges of days lose no day and invent none."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestration.sources.meta_api.days import Days, chunks, merged, without

FIRST = date(2026, 1, 1)
RANGES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda one: Days(FIRST + timedelta(one[0]), FIRST + timedelta(one[0] + one[1]))
    ),
    max_size=6,
)


def _days(ranges: list[Days]) -> list[date]:
    return [day for one in ranges for day in one]


@given(RANGES, RANGES, st.integers(1, 40))
def test_days_are_kept_merged_taken_away_and_cut(asked: list[Days], done: list[Days], size: int):
    assert _days(merged(asked)) == sorted(set(_days(asked)))
    left = without(asked, done)
    assert _days(left) == sorted(set(_days(asked)) - set(_days(done)))
    cut = chunks(left, size)
    assert sorted(_days(cut)) == _days(left)
    assert all(1 <= one.count <= size for one in cut)
    assert cut == sorted(cut, reverse=True)


@given(st.integers(2, 90))
def test_halves_are_the_whole(count: int):
    whole = Days(FIRST, FIRST + timedelta(count - 1))
    first, second = whole.halves()
    assert _days([first, second]) == _days([whole])
    assert abs(first.count - second.count) <= 1
