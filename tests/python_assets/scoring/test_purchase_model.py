"""The purchase model as tables: what is fitted, what is refused and why, what SQL joins."""

from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_assets.scoring import bg_nbd, gamma_gamma
from python_assets.scoring.bg_nbd import BgNbd
from python_assets.scoring.purchase_model import (
    EXPECTED_PURCHASES,
    PARAMETERS,
    expected_purchases_per_cell,
    fit_purchase_model,
)
from tests.python_assets.scoring.samples import (
    CALIBRATION_END,
    CDNOW_MODEL,
    case,
    cdnow_at,
    many_buyers,
    spenders,
)

NAMES = ["r", "alpha", "a", "b", "log_likelihood", "p", "q", "v", "buyers"]
PURCHASES = NAMES[:5]
VALUES = NAMES[5:8]
CELLS = {"snapshot": [], "repeat_purchases": [], "recency_days": [], "age_days": [], "buyers": []}
TOO_FEW = "there are 4000 buyers; 4001 are needed"
MONTH = 365.25 / 12 / 7


def _values(q: float = 4.0, buyers: int = 2_000) -> pa.Table:
    purchases, mean_value = spenders(1, buyers, p=6, q=q, v=15)
    return pa.table(
        {
            "snapshot": ["current"] * buyers,
            "repeat_purchases": purchases.astype(np.int64),
            "mean_value": mean_value,
            "buyers": np.ones(buyers, dtype=np.int64),
        }
    )


def _both() -> pa.Table:
    buyers = many_buyers()
    return pa.concat_tables([buyers.cells(), buyers.cells("held_back")])


def _by_name(result: pa.Table, snapshot: str, column: str = "value") -> dict[str, object]:
    rows = result.filter(pc.equal(result["snapshot"], snapshot))
    return dict(zip(rows["parameter"].to_pylist(), rows[column].to_pylist(), strict=True))


def _assert_complete(result: pa.Table) -> None:
    """All rows are there, each with a value or a reason."""
    assert result.schema.equals(PARAMETERS)
    keys = zip(result["snapshot"].to_pylist(), result["parameter"].to_pylist(), strict=True)
    assert list(keys) == [
        (snapshot, name) for snapshot in ("current", "held_back") for name in NAMES
    ]
    for row in result.to_pylist():
        assert (row["value"] is None) != (row["why_not"] is None), row


# ---------------------------------------------------------------- fitted


def test_parameters_are_those_of_the_models_in_weeks():
    buyers, values = many_buyers(), _values()
    result = fit_purchase_model(_both(), values, 500, 180)
    _assert_complete(result)
    model, log_likelihood = bg_nbd.fit(
        buyers.repeat_purchases, buyers.recency / 7, buyers.age / 7, buyers.ones
    )
    spending = gamma_gamma.fit(values["repeat_purchases"], values["mean_value"], values["buyers"])
    purchases = {**asdict(model), "log_likelihood": log_likelihood, "buyers": 4_000}
    current, held_back = (_by_name(result, snapshot) for snapshot in ("current", "held_back"))
    assert current == pytest.approx({**purchases, **asdict(spending)}, rel=1e-4)
    assert {name: held_back[name] for name in purchases} == pytest.approx(purchases, rel=1e-4)
    assert {held_back[name] for name in VALUES} == {None}


def test_cdnow_is_fitted_as_published():
    published = case("bgnbd_cdnow_from_transactions")
    cells = cdnow_at(CALIBRATION_END).assign(snapshot="current", buyers=1)
    values = cells[cells["repeat_purchases"] > 0]
    result = fit_purchase_model(pa.Table.from_pandas(cells), pa.Table.from_pandas(values), 500, 180)
    current, expected = _by_name(result, "current"), published["expected"]
    for name in ("r", "alpha", "a", "b"):
        assert current[name] == pytest.approx(
            expected[name], abs=published["tolerance"]["params_abs"]
        )
    assert current["buyers"] == expected["n"]
    spending = case("gamma_gamma_cdnow_params")["expected"]
    assert [current[name] for name in VALUES] == pytest.approx(list(spending.values()), rel=0.01)


def test_the_order_of_rows_does_not_matter():
    cells, values = _both(), _values()
    expected = _by_name(fit_purchase_model(cells, values, 500, 180), "current")
    backwards = [table.take(np.arange(len(table))[::-1]) for table in (cells, values)]
    found = _by_name(fit_purchase_model(*backwards, 500, 180), "current")
    assert found == pytest.approx(expected, rel=1e-4)


def test_two_fits_are_equal():
    arguments = (_both(), _values(), 500, 180)
    assert fit_purchase_model(*arguments).equals(fit_purchase_model(*arguments))


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("minimum_buyers", "minimum_days", "why_not", "why_not_held_back"),
    [
        (4_001, 180, TOO_FEW, TOO_FEW),
        (500, 400, "the first order was 364 days ago; 400 are needed", None),
    ],
)
def test_thin_data_are_not_fitted(
    minimum_buyers: int, minimum_days: int, why_not: str, why_not_held_back: str | None
):
    result = fit_purchase_model(_both(), _values(), minimum_buyers, minimum_days)
    _assert_complete(result)
    current, held_back = (
        _by_name(result, snapshot, "why_not") for snapshot in ("current", "held_back")
    )
    assert {current[name] for name in PURCHASES + VALUES} == {why_not}
    assert {held_back[name] for name in PURCHASES} == {why_not_held_back}
    assert _by_name(result, "current")["buyers"] == 4_000


def test_as_much_as_is_needed_is_enough():
    result = fit_purchase_model(_both(), _values(), 4_000, 364)
    assert None not in _by_name(result, "current").values()


def test_a_shop_without_orders_has_all_rows_and_no_values():
    result = fit_purchase_model(pa.table(CELLS), _values(buyers=1).slice(1), 500, 180)
    _assert_complete(result)
    assert result["value"].null_count == result.num_rows
    assert set(_by_name(result, "current", "why_not").values()) == {"there are no buyers"}
    assert _by_name(result, "held_back", "why_not")["r"] == "there are no buyers"


def test_a_snapshot_without_rows_does_not_spoil_the_other():
    cells = many_buyers().cells()
    result = fit_purchase_model(cells, _values(), 500, 180)
    _assert_complete(result)
    assert None not in _by_name(result, "current").values()
    assert set(_by_name(result, "held_back").values()) == {None}


def test_buyers_of_two_orders_at_most_do_not_say_when_people_stop():
    cells = _both()
    cells = cells.filter(pc.less(cells["repeat_purchases"], 2))
    result = fit_purchase_model(cells, _values(), 500, 180)
    _assert_complete(result)
    for snapshot in ("current", "held_back"):
        why_not = _by_name(result, snapshot, "why_not")
        assert {why_not[name] for name in PURCHASES} == {"nobody has ordered three times or more"}


@pytest.mark.parametrize(
    ("values", "why_not"),
    [
        (_values(buyers=1).slice(1), "there are no repeat purchases with a value"),
        (_values(q=0.7), "over 1 is needed"),
        (_values().set_column(2, "mean_value", pa.array([20.0] * 2_000)), "the data do not say"),
    ],
)
def test_without_a_fit_of_values_purchases_are_fitted_nonetheless(values: pa.Table, why_not: str):
    result = fit_purchase_model(_both(), values, 500, 180)
    _assert_complete(result)
    current, reasons = _by_name(result, "current"), _by_name(result, "current", "why_not")
    assert None not in {current[name] for name in PURCHASES}
    for name in VALUES:
        assert current[name] is None
        assert why_not in reasons[name]


def test_without_a_fit_of_purchases_there_is_a_reason():
    cells = pa.table(
        {
            # All alike, so that nothing says how they differ.
            "snapshot": ["current"],
            "repeat_purchases": [2],
            "recency_days": [200],
            "age_days": [300],
            "buyers": [1000],
        }
    )
    result = fit_purchase_model(cells, _values(), 500, 180)
    _assert_complete(result)
    assert "the data do not say how" in _by_name(result, "current", "why_not")["r"]
    assert _by_name(result, "current")["q"] is not None


def test_unknown_snapshots_are_refused():
    cells = many_buyers().cells("yesterday")
    with pytest.raises(ValueError, match="'yesterday': accepted are current and held_back"):
        fit_purchase_model(cells, _values(), 500, 180)


# ---------------------------------------------------------------- expected


def _parameters(model: BgNbd | None) -> pa.Table:
    found = {} if model is None else asdict(model)
    rows = [{"snapshot": "current", "parameter": name, "value": found.get(name)} for name in NAMES]
    held_back = [{**row, "snapshot": "held_back", "value": 9.9} for row in rows]
    return pa.Table.from_pylist(held_back + rows, PARAMETERS)


def _cells(repeat_purchases: list[int], age_days: list[int]) -> pa.Table:
    return pa.table({"repeat_purchases": repeat_purchases, "age_days": age_days})


CELLS_OF_CUSTOMERS = _cells([0, 0, 3, 40, 3_000], [0, 700, 30, 500, 1_000])


def test_what_is_expected_times_being_a_customer_is_what_the_model_expects():
    expected = expected_purchases_per_cell(_parameters(CDNOW_MODEL), CELLS_OF_CUSTOMERS, 12, 0.01)
    assert expected.schema.equals(EXPECTED_PURCHASES)
    assert expected.select(["repeat_purchases", "age_days"]).equals(CELLS_OF_CUSTOMERS)
    purchases = CELLS_OF_CUSTOMERS["repeat_purchases"].to_numpy()
    age = CELLS_OF_CUSTOMERS["age_days"].to_numpy() / 7
    alive = bg_nbd.probability_alive(CDNOW_MODEL, purchases, age / 2, age)
    whole = bg_nbd.expected_purchases(CDNOW_MODEL, 12 * MONTH, purchases, age / 2, age)
    assert alive * expected["expected_if_alive"].to_numpy() == pytest.approx(whole, rel=1e-12)


def test_purchases_of_every_month_are_discounted_by_it():
    expected = expected_purchases_per_cell(_parameters(CDNOW_MODEL), _cells([3], [100]), 3, 0.25)
    by_month = bg_nbd.expected_purchases_if_alive(CDNOW_MODEL, MONTH * np.arange(4), 3, 100 / 7)
    discounted = sum(np.diff(by_month) / 1.25 ** np.arange(1, 4))
    assert expected["discounted_if_alive"].to_pylist() == pytest.approx([discounted])
    assert expected["expected_if_alive"].to_pylist() == pytest.approx([by_month[-1]])


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 24), st.floats(0, 0.2))
def test_discounting_takes_off_something_between_the_first_month_and_the_last(
    months: int, rate: float
):
    expected = expected_purchases_per_cell(
        _parameters(CDNOW_MODEL), CELLS_OF_CUSTOMERS, months, rate
    )
    whole, discounted = (
        expected[name].to_numpy() for name in ("expected_if_alive", "discounted_if_alive")
    )
    assert (discounted <= whole / (1 + rate) * (1 + 1e-9)).all()
    assert (discounted >= whole / (1 + rate) ** months * (1 - 1e-9)).all()


def test_without_a_fit_nothing_is_expected():
    expected = expected_purchases_per_cell(_parameters(None), CELLS_OF_CUSTOMERS, 12, 0.01)
    assert expected.equals(EXPECTED_PURCHASES.empty_table())


def test_without_customers_nothing_is_expected():
    cells = CELLS_OF_CUSTOMERS.slice(5)
    expected = expected_purchases_per_cell(_parameters(CDNOW_MODEL), cells, 12, 0.01)
    assert expected.equals(EXPECTED_PURCHASES.empty_table())


@pytest.mark.parametrize(("months", "rate"), [(0, 0.01), (12, -0.01), (12, np.nan)])
def test_impossible_horizons_and_rates_are_refused(months: int, rate: float):
    with pytest.raises(ValueError, match="1 month or more and rates of 0 or more"):
        expected_purchases_per_cell(_parameters(CDNOW_MODEL), CELLS_OF_CUSTOMERS, months, rate)
