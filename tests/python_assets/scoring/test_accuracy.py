"""How right probabilities were: by hand, by scikit-learn, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from python_assets.scoring.accuracy import (
    CALIBRATION,
    accuracy,
    area_under_curve,
    calibration_table,
)

# Few distinct probabilities, so that there are ties.
PEOPLE = st.lists(
    st.tuples(st.sampled_from([0.05, 0.2, 0.2001, 0.5, 0.9]), st.booleans()), min_size=2
).filter(lambda people: len({outcome for _, outcome in people}) == 2)


def _columns(people: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    probability, outcome = zip(*people, strict=True)
    return np.array(probability), np.array(outcome)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_measures_are_those_of_scikit_learn(people: list[tuple[float, bool]]):
    probability, outcome = _columns(people)
    measured = accuracy(probability, outcome)
    assert measured.auc == pytest.approx(roc_auc_score(outcome, probability))
    assert measured.log_loss == pytest.approx(log_loss(outcome, probability))
    assert measured.brier == pytest.approx(brier_score_loss(outcome, probability))
    assert (measured.base_rate, measured.buyers) == (outcome.mean(), len(people))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_the_opposite_ranking_has_the_opposite_area(people: list[tuple[float, bool]]):
    probability, outcome = _columns(people)
    area = area_under_curve(probability, outcome)
    assert area_under_curve(-probability, outcome) == pytest.approx(1 - area)
    assert area_under_curve(probability**3, outcome) == pytest.approx(area)


def test_all_alike_rank_no_better_than_chance():
    assert area_under_curve(np.full(5, 0.3), np.array([True, False, True, False, False])) == 0.5


def test_to_be_sure_and_wrong_costs_a_finite_loss():
    measured = accuracy(np.array([0.0, 1.0]), np.array([True, False]))
    assert (measured.auc, measured.brier) == (0, 1)
    assert np.isfinite(measured.log_loss)


@pytest.mark.parametrize("outcome", [[], [True, True], [False]])
def test_one_outcome_only_has_no_ranking(outcome: list[bool]):
    with pytest.raises(ValueError, match="there is no ranking"):
        area_under_curve(np.zeros(len(outcome)), np.array(outcome, dtype=bool))


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_what_is_no_probability_is_refused(wrong: float):
    with pytest.raises(ValueError, match=r"row 1 \(from 0\): .* is no probability"):
        calibration_table(np.array([0.5, wrong]), np.array([True, False]))


# ---------------------------------------------------------------- calibration


def test_probabilities_that_are_right_lie_within_their_standard_errors():
    random = np.random.default_rng(4)
    probability = random.beta(2, 3, 20_000)
    table = calibration_table(probability, random.random(20_000) < probability).to_pandas()
    off = (table["observed"] - table["predicted"]) / table["standard_error"]
    assert table["buyers"].tolist() == [2_000] * 10
    assert table["predicted"].is_monotonic_increasing
    assert (table["lowest"] <= table["predicted"]).all()
    assert (table["predicted"] <= table["highest"]).all()
    assert (off.abs() < 3).all()


def test_a_group_by_hand():
    table = calibration_table(np.array([0.5, 0.1, 0.3, 0.9]), np.array([1, 0, 1, 1]) > 0, bins=2)
    assert table.schema.equals(CALIBRATION)
    low, high = table.to_pylist()
    assert low == pytest.approx(
        {
            "lowest": 0.1,
            "highest": 0.3,
            "buyers": 2,
            "predicted": 0.2,
            "observed": 0.5,
            "standard_error": (0.09 + 0.21) ** 0.5 / 2,
        }
    )
    assert (high["lowest"], high["highest"], high["observed"]) == (0.5, 0.9, 1)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.integers(1, 12))
def test_everybody_is_in_one_group_and_equals_are_together(
    people: list[tuple[float, bool]], bins: int
):
    probability, outcome = _columns(people)
    table = calibration_table(probability, outcome, bins).to_pandas()
    assert len(table) <= bins
    assert table["buyers"].sum() == len(people)
    assert (table["buyers"] * table["observed"]).sum() == pytest.approx(outcome.sum())
    assert (table["lowest"].to_numpy()[1:] > table["highest"].to_numpy()[:-1]).all()


def test_nobody_gives_no_group():
    assert calibration_table(np.zeros(0), np.zeros(0, dtype=bool)).num_rows == 0


def test_no_bins_are_refused():
    with pytest.raises(ValueError, match="0 bins: 1 or more"):
        calibration_table(np.zeros(1), np.zeros(1, dtype=bool), bins=0)
