"""The logistic regression against the closed form: who wins, and what is said when nobody can."""

import numpy as np
import pyarrow as pa
import pytest
from scipy.special import expit

from python_assets.scoring.churn_model import RESULT, challenge

MEASURES = ["auc", "log_loss", "brier", "base_rate", "buyers"]
FEATURES = ["feature_recency", "feature_visits"]


def _table(seed: int, buyers: int, slope: float, closed_form: str = "none") -> pa.Table:
    """Buyers who churn by the first feature, the more steeply the larger the slope."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(2, buyers)) * [[30], [0.01]] + [[90], [5]]
    driver = random.normal(size=buyers)
    probability = expit(slope * (features[0] - 90) / 30 + (3 * driver if slope == 0 else 0))
    columns = {
        "none": pa.nulls(buyers, pa.float64()),
        "perfect": pa.array(probability),
        "chance": pa.array(random.random(buyers)),
    }
    return pa.table(
        {
            "feature_recency": features[0],
            "feature_visits": features[1],
            "has_churned": random.random(buyers) < probability,
            "closed_form": columns[closed_form],
        }
    )


def _performance(result: pa.Table, model: str, column: str = "value") -> dict[str, object]:
    return {
        row["name"]: row[column]
        for row in result.to_pylist()
        if row["kind"] == "performance" and row["model"] == model
    }


def _coefficients(result: pa.Table) -> dict[str, float]:
    rows = [row for row in result.to_pylist() if row["kind"] == "coefficient"]
    assert {row["model"] for row in rows} == {"logistic"}
    return {row["name"]: row["value"] for row in rows}


def _assert_complete(result: pa.Table) -> None:
    assert result.schema.equals(RESULT)
    assert list(_coefficients(result)) == ["intercept", *FEATURES]
    in_service = 0.0
    for model in ("logistic", "closed_form"):
        assert list(_performance(result, model)) == [*MEASURES, "is_in_service"]
        in_service += _performance(result, model)["is_in_service"]
    assert in_service <= 1
    for row in result.to_pylist():
        assert row["value"] is not None or row["why_not"]
        if row["name"] != "is_in_service":
            assert (row["value"] is None) == (row["why_not"] is not None), row


# ---------------------------------------------------------------- who wins


def test_features_that_decide_put_the_logistic_regression_in_service():
    result = challenge(_table(1, 2_000, slope=4), _table(2, 2_000, 4, "chance"), 500)
    _assert_complete(result)
    logistic, closed_form = (_performance(result, model) for model in ("logistic", "closed_form"))
    assert logistic["auc"] > 0.9
    assert closed_form["auc"] == pytest.approx(0.5, abs=0.05)
    assert (logistic["is_in_service"], closed_form["is_in_service"]) == (1, 0)
    why_not = _performance(result, "closed_form", "why_not")["is_in_service"]
    assert why_not.startswith("the logistic regression ranks better: AUC 0.9")


def test_noise_leaves_a_closed_form_that_knows_in_service():
    result = challenge(_table(1, 2_000, slope=0), _table(2, 2_000, 0, "perfect"), 500)
    _assert_complete(result)
    logistic, closed_form = (_performance(result, model) for model in ("logistic", "closed_form"))
    assert logistic["auc"] == pytest.approx(0.5, abs=0.05)
    assert closed_form["auc"] > 0.8
    assert (logistic["is_in_service"], closed_form["is_in_service"]) == (0, 1)
    assert "is not above" in _performance(result, "logistic", "why_not")["is_in_service"]
    assert None not in _coefficients(result).values()


def test_a_draw_leaves_the_closed_form_in_service():
    training, held_back = _table(1, 2_000, slope=2), _table(2, 2_000, 2)
    # The same ranking as that of the logistic regression, of features that both rank by.
    drop = ["feature_visits"]
    ranking = expit((held_back["feature_recency"].to_numpy() - 90) / 30)
    held_back = held_back.set_column(3, "closed_form", pa.array(ranking))
    result = challenge(training.drop_columns(drop), held_back.drop_columns(drop), 500)
    assert _performance(result, "logistic")["auc"] == _performance(result, "closed_form")["auc"]
    assert _performance(result, "closed_form")["is_in_service"] == 1


def test_without_a_closed_form_any_logistic_regression_is_in_service():
    result = challenge(_table(1, 2_000, slope=0), _table(2, 2_000, 0), 500)
    _assert_complete(result)
    assert _performance(result, "logistic")["is_in_service"] == 1
    why_not = _performance(result, "closed_form", "why_not")
    assert set(why_not.values()) == {
        "no purchase model was fitted to what was known before the window"
    }


def test_counts_and_shares_are_those_of_the_held_back_window():
    held_back = _table(2, 1_500, 2, "perfect")
    result = challenge(_table(1, 2_000, slope=2), held_back, 500)
    for model in ("logistic", "closed_form"):
        measured = _performance(result, model)
        assert measured["buyers"] == 1_500
        assert measured["base_rate"] == held_back["has_churned"].to_numpy().mean()


# ---------------------------------------------------------------- coefficients


def test_coefficients_apply_to_features_as_they_come():
    # 1 / 30 a day of recency and nothing for visits, as churn was drawn.
    result = challenge(_table(1, 20_000, slope=1), _table(2, 20_000, slope=1), 500)
    found = _coefficients(result)
    assert found["feature_recency"] == pytest.approx(1 / 30, rel=0.1)
    assert found["feature_visits"] * 0.01 == pytest.approx(0, abs=0.05)
    assert found["intercept"] + 90 * found["feature_recency"] + 5 * found[
        "feature_visits"
    ] == pytest.approx(0, abs=0.05)


def test_coefficients_are_trained_on_the_held_back_window():
    held_back = _table(2, 2_000, slope=2)
    ours, theirs = (challenge(_table(seed, 2_000, 2), held_back, 500) for seed in (1, 5))
    assert _coefficients(ours) == _coefficients(theirs)
    assert _performance(ours, "logistic")["auc"] != _performance(theirs, "logistic")["auc"]


def test_performance_is_that_of_the_training_window():
    # Earlier, churn went the other way: who trusts that is worse than chance.
    result = challenge(_table(1, 2_000, slope=-4), _table(2, 2_000, slope=4), 500)
    assert _performance(result, "logistic")["auc"] < 0.1
    assert _coefficients(result)["feature_recency"] > 0


def test_the_unit_of_a_feature_scales_its_coefficient_only():
    def in_hours(table: pa.Table) -> pa.Table:
        hours = pa.array(table["feature_recency"].to_numpy() * 24)
        return table.set_column(0, "feature_recency", hours)

    training, held_back = _table(1, 2_000, slope=2), _table(2, 2_000, 2, "chance")
    days = challenge(training, held_back, 500)
    hours = challenge(in_hours(training), in_hours(held_back), 500)
    expected = {**_coefficients(days)}
    expected["feature_recency"] /= 24
    assert _coefficients(hours) == pytest.approx(expected, rel=1e-3)
    assert _performance(hours, "logistic") == pytest.approx(_performance(days, "logistic"))


def test_a_feature_that_is_the_same_for_all_counts_nothing():
    tables = [_table(seed, 2_000, slope=2) for seed in (1, 2)]
    tables = [table.set_column(1, FEATURES[1], pa.array([7.1] * 2_000)) for table in tables]
    assert _coefficients(challenge(*tables, 500))["feature_visits"] == pytest.approx(0, abs=1e-9)


def test_features_are_told_by_name_not_place():
    training, held_back = _table(1, 2_000, slope=2), _table(2, 2_000, 2, "chance")
    other_order = held_back.select(held_back.column_names[::-1])
    assert challenge(training, other_order, 500).equals(challenge(training, held_back, 500))


def test_two_challenges_are_equal():
    tables = (_table(1, 2_000, slope=1), _table(2, 2_000, 1, "perfect"))
    assert challenge(*tables, 500).equals(challenge(*tables, 500))


# ---------------------------------------------------------------- thin data


def _one_class(table: pa.Table, *, has_churned: bool) -> pa.Table:
    return table.set_column(2, "has_churned", pa.array([has_churned] * table.num_rows))


GOOD = _table(1, 600, slope=2)
GOOD_LATER = _table(2, 600, 2, "perfect")


@pytest.mark.parametrize(
    ("training", "why_not"),
    [
        (GOOD.slice(0, 499), "the training window has 499 buyers; 500 are needed"),
        (GOOD.slice(0, 0), "the training window has 0 buyers; 500 are needed"),
        (_one_class(GOOD, has_churned=False), "everybody in the training window bought again"),
        (_one_class(GOOD, has_churned=True), "nobody in the training window bought again"),
    ],
)
def test_a_thin_earlier_window_leaves_the_closed_form_judged_and_in_service(
    training: pa.Table, why_not: str
):
    result = challenge(training, GOOD_LATER, 500)
    _assert_complete(result)
    assert set(_coefficients(result).values()) == {None}
    assert set(_performance(result, "logistic", "why_not").values()) == {why_not}
    assert _performance(result, "logistic")["is_in_service"] == 0
    assert _performance(result, "closed_form")["is_in_service"] == 1
    assert _performance(result, "closed_form")["auc"] > 0.7


@pytest.mark.parametrize(
    ("held_back", "why_not"),
    [
        (GOOD_LATER.slice(0, 499), "the held-back window has 499 buyers; 500 are needed"),
        (
            _one_class(GOOD_LATER, has_churned=False),
            "everybody in the held-back window bought again",
        ),
        (_one_class(GOOD_LATER, has_churned=True), "nobody in the held-back window bought again"),
    ],
)
def test_a_thin_held_back_window_leaves_the_closed_form_in_service_untried(
    held_back: pa.Table, why_not: str
):
    result = challenge(GOOD, held_back, 500)
    _assert_complete(result)
    assert set(_coefficients(result).values()) == {None}
    assert _performance(result, "logistic")["is_in_service"] == 0
    reasons = dict.fromkeys(MEASURES, why_not)
    reasons["is_in_service"] = f"in service untried: {why_not}"
    assert _performance(result, "closed_form", "why_not") == reasons
    assert _performance(result, "closed_form")["is_in_service"] == 1


def test_a_shop_too_young_to_be_judged_is_served_by_what_is_fitted_today():
    # Buyers enough today, but not when the window began, so that it says nothing of them.
    result = challenge(_table(1, 100, 2), _table(2, 450, 2), 500)
    assert _performance(result, "closed_form")["is_in_service"] == 1
    why_not = _performance(result, "closed_form", "why_not")["is_in_service"]
    assert str(why_not).startswith("in service untried: ")
    assert "450" in str(why_not)


@pytest.mark.parametrize("held_back", [GOOD_LATER.slice(0, 0), _table(2, 100, 2)])
def test_with_neither_nothing_is_in_service(held_back: pa.Table):
    result = challenge(GOOD, held_back, 500, has_closed_form=False)
    _assert_complete(result)
    for model in ("logistic", "closed_form"):
        assert _performance(result, model)["is_in_service"] == 0


def test_empty_tables_of_no_type_are_thin():
    empty = pa.table({name: [] for name in (*FEATURES, "has_churned", "closed_form")})
    _assert_complete(challenge(empty, empty, 1))


# ---------------------------------------------------------------- refused


def test_other_features_in_one_table_than_in_the_other_are_refused():
    with pytest.raises(ValueError, match="both need the same"):
        challenge(GOOD, GOOD_LATER.drop_columns(["feature_visits"]), 500)


def test_no_features_are_refused():
    with pytest.raises(ValueError, match="names that start with feature_"):
        challenge(GOOD.drop_columns(FEATURES), GOOD_LATER.drop_columns(FEATURES), 500)


@pytest.mark.parametrize("column", ["feature_recency", "closed_form"])
def test_numbers_that_some_lack_are_refused(column: str):
    place = GOOD_LATER.column_names.index(column)
    some = pa.array([None, *GOOD_LATER[column].to_pylist()[1:]], pa.float64())
    with pytest.raises(ValueError, match=f"{column}, row 0"):
        challenge(GOOD, GOOD_LATER.set_column(place, column, some), 500)
