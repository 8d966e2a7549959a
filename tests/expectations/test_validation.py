from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.checks import Between
from expectations.validation import are_met

_BOUNDS = st.one_of(st.none(), st.integers(-3, 3))
_RANGES = st.tuples(_BOUNDS, _BOUNDS).filter(
    lambda ends: ends != (None, None) and (None in ends or ends[0] <= ends[1])
)


def test_each_value_is_judged_by_its_own_range():
    ranges = [Between(0, 0), Between(1), Between(maximum=0.2), Between(0, 0), Between(1)]
    assert are_met([0, 0, 0.2, 3, 1], ranges) == [True, False, True, False, True]


def test_more_failures_than_great_expectations_samples_are_all_reported():
    values = [float(position % 2) for position in range(300)]
    assert are_met(values, [Between(0, 0)] * 300) == [value == 0 for value in values]


def test_nothing_to_judge():
    assert are_met([], []) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), _RANGES), min_size=1, max_size=12))
def test_great_expectations_agrees_with_arithmetic(cases: list):
    met = are_met([value for value, _ in cases], [Between(*ends) for _, ends in cases])
    assert met == [
        (low is None or low <= value) and (high is None or value <= high)
        for value, (low, high) in cases
    ]
