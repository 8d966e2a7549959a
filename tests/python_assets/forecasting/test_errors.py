import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_assets.forecasting.errors import mape_nonzero, smape, total_error, wape
from tests.conftest import SHARED

CASES = SHARED / "data" / "cases" / "scores" / "cases.json"
MEASURES = {
    "MAPE_nonzero": mape_nonzero,
    "WAPE": wape,
    "total_error": total_error,
    "sMAPE": smape,
}


@pytest.mark.parametrize("measure", MEASURES)
def test_as_worked_by_hand(measure: str):
    if not CASES.exists():
        pytest.skip(f"{CASES} is absent: the published cases are not part of this repository")
    case = next(
        one for one in json.loads(CASES.read_text()) if one["name"] == "error_metrics_by_hand"
    )
    found = MEASURES[measure](case["inputs"]["actual"], case["inputs"]["forecast"])
    assert found == pytest.approx(case["expected"][measure], abs=case["tolerance"]["abs"])


numbers = st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=20).filter(
    lambda pairs: sum(actual for actual, _ in pairs) > 1
)


@given(numbers, st.floats(0.01, 100))
def test_the_unit_does_not_matter(pairs: list[tuple[float, float]], scale: float):
    actual, forecast = zip(*pairs, strict=True)
    scaled = [number * scale for number in actual], [number * scale for number in forecast]
    assert wape(*scaled) == pytest.approx(wape(actual, forecast), rel=1e-9)
    assert total_error(*scaled) == pytest.approx(total_error(actual, forecast), rel=1e-6, abs=1e-9)


@given(numbers)
def test_errors_of_a_total_are_at_most_those_of_its_parts(pairs: list[tuple[float, float]]):
    actual, forecast = zip(*pairs, strict=True)
    assert abs(total_error(actual, forecast)) <= wape(actual, forecast) + 1e-9


def test_a_perfect_forecast_has_no_error():
    for measure in MEASURES.values():
        assert measure([1, 2, 3], [1, 2, 3]) == 0


def test_without_anything_to_compare_there_is_no_error():
    assert math.isnan(wape([0, 0], [1, 2]))
    assert math.isnan(mape_nonzero([0], [1]))
    assert smape([0], [0]) == 0


def test_as_many_of_both_are_needed():
    with pytest.raises(ValueError, match="as many are needed"):
        wape([1, 2], [1])
