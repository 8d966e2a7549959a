"""Every reason for quarantine, and what is no reason."""

import json
from datetime import datetime

import pytest

from orchestration.ingestion.contract import TABLES, Table
from orchestration.ingestion.rules import LandedColumn, refusal_reason
from tests.orchestration.ingestion.landing import Landing, LandingOf

ORDER = {"id": "1", "created_at": "2026-01-01", "total": "10", "currency_code": "EUR"}


def _load(landing: Landing, **changes: object) -> list[object]:
    """Load one order that differs from a good one, as CSV and as JSON; return the reasons."""
    row = {**ORDER, **changes}
    landing.put("a.jsonl", json.dumps(row))
    values = (
        '"' + str(value).replace('"', '""') + '"' if value is not None else ""
        for value in row.values()
    )
    landing.put("b.csv", ",".join(row) + "\n" + ",".join(values) + "\n")
    landing.load()
    return landing.reasons()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": ""}, "missing_key"),
        ({"id": None}, "missing_key"),
        ({"id": "  "}, "missing_key"),
        ({"id": "NaN"}, "missing_key"),
        ({"created_at": "yesterday"}, "unparseable_timestamp"),
        ({"canceled_at": "2026-13-01"}, "unparseable_timestamp"),
        ({"created_at": None}, "missing_timestamp"),
        ({"created_at": "2026-06-01T00:05:01Z"}, "future_timestamp"),
        ({"total": "ten"}, "unparseable_number"),
        ({"subtotal": "1e13"}, "unparseable_number"),
        ({"total": -0.01}, "negative_amount"),
        ({"currency_code": "EURO"}, "unknown_currency"),
        ({"currency_code": "ABC"}, "unknown_currency"),
        ({"currency_code": "D|A"}, "unknown_currency"),
        ({"currency_code": "ADP|AED"}, "unknown_currency"),
        ({"currency_code": "€"}, "unknown_currency"),
    ],
)
def test_a_row_is_refused_for_the_first_reason_that_applies(
    orders: Landing, changes: dict[str, object], reason: str
):
    assert _load(orders, **changes) == [reason, reason]
    assert orders.rows() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": "2026-06-01T00:05:00Z"},
        {"created_at": "2026-06-01T02:04:00+02:00"},
        {"total": 0},
        {"total": None},
        {"discount_total": -5},
        {"currency_code": " eur "},
        {"currency_code": "DEM"},
        {"currency_code": None},
        {"customer_id": "nobody"},
        {"status": "unheard of"},
    ],
)
def test_a_row_that_is_only_odd_stays(orders: Landing, changes: dict[str, object]):
    assert _load(orders, **changes) == []
    assert orders.column("id") == ["1"]


@pytest.mark.parametrize("value", ["12.5", 12.5, "many", "1e30"])
def test_a_count_has_no_fraction(landing_of: LandingOf, value: object):
    costs = landing_of("marketing.costs")
    row = {"date": "2026-01-01", "source": "google", "campaign_name": "x", "clicks": value}
    costs.put("a.jsonl", json.dumps(row))
    costs.load()
    assert costs.reasons() == ["unparseable_number"]


def test_other_reasons(landing_of: LandingOf):
    leads = landing_of("meta_ads.leads")
    leads.put(
        "a.csv",
        "id,created_time,is_organic,field_data\n1,2026-01-01,perhaps,[]\n2,2026-01-01,yes,{\n",
    )
    leads.load()
    assert leads.quarantine("reason, source_row") == [
        ("unparseable_flag", 2),
        ("unreadable_json", 3),
    ]


@pytest.mark.parametrize("total", ["-1", "x"])
def test_what_is_wrong_with_a_row_in_the_future_does_not_depend_on_the_day(
    orders: Landing, total: str
):
    (first,) = set(_load(orders, created_at="2027-01-01", total=total))
    orders.future_limit = datetime(2028, 1, 1)
    orders.load(reload=True)
    assert set(orders.reasons()) == {first}
    assert first in {"negative_amount", "unparseable_number"}


def test_the_original_row_is_kept_as_it_landed(orders: Landing):
    orders.put("a.csv", "id,total,Colour\n,  7 ,red\n")
    orders.put("b.jsonl", ' {"total": 7.10, "deep": [null]} \n')
    orders.load()
    assert orders.quarantine("original") == [
        ('{"id":null,"total":"  7 ","Colour":"red"}',),
        (' {"total": 7.10, "deep": [null]} ',),
    ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)
def test_every_negative_amount_and_missing_key_of_the_contract_is_refused(
    landing_of: LandingOf, table: Table
):
    landing = landing_of(table.full_name)
    good = {name: _some_value(kind.value) for name, kind in table.columns.items()}
    bad = [{**good, name: "-1"} for name in table.non_negative]
    bad += [{key: value for key, value in good.items() if key != name} for name in table.key]
    landing.put("a.jsonl", "\n".join(json.dumps(row) for row in [good, *bad]))
    counts = landing.load()
    assert (counts.rows_accepted, counts.rows_quarantined) == (1, len(bad))
    expected = ["negative_amount"] * len(table.non_negative) + ["missing_key"] * len(table.key)
    assert sorted(map(str, landing.reasons())) == sorted(expected)


def _some_value(kind: str) -> str:
    special = {
        "timestamp": "2026-01-01",
        "date": "2026-01-01",
        "currency": "EUR",
        "flag": "1",
        "json": "{}",
    }
    return special.get(kind, "5")


def test_the_reason_is_one_case_expression(orders: Landing):
    column = LandedColumn("id", orders.table.columns["id"], "v0", "VARCHAR")
    reason = refusal_reason(orders.table, [column])
    assert reason.startswith("case when not coalesce(trim(v0)")
    assert "missing_timestamp" in reason
