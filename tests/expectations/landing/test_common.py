from collections import Counter
from dataclasses import replace

import duckdb
import pytest

from expectations.gate import run_landing_gate
from expectations.landing import LandedTable, LandingLimits, checks_of_landed
from orchestration.ingestion.contract import TABLES, Table
from tests.expectations.conftest import FailedAtLanding, Land

BREAKS = [
    ("commerce.orders", {"id": None}, "key_is_never_null", True),
    ("marketing.costs", {"campaign_name": None}, "key_is_never_null", True),
    ("commerce.orders", {"id": "id 0"}, "key_is_unique", True),
    ("web.events", {"timestamp": "2026-03-01 00:05:01"}, "nothing_happens_in_the_future", True),
    ("meta_ads.insights", {"date_start": "2026-03-02"}, "nothing_happens_in_the_future", True),
    ("commerce.orders", {"total": -0.01}, "total_is_not_negative", True),
    ("meta_ads.insights", {"spend": -1}, "spend_is_not_negative", True),
    ("commerce.orders", {"currency_code": "EURO"}, "currency_code_is_a_currency_code", False),
    ("commerce.orders", {"currency_code": "eur"}, "currency_code_is_a_currency_code", False),
]


@pytest.mark.parametrize("contract", TABLES, ids=lambda table: table.full_name)
def test_ordinary_rows_of_every_table_pass_every_check_there_is(
    contract: Table, land: Land, connection: duckdb.DuckDBPyConnection, limits: LandingLimits
):
    ordinary = {"event_type": "view", "channel": "email", "status": "new", "visitor_id": "v"}
    ordinary |= {"customer_id": "c", "order_id": "o", "spend": 1, "cost": 1, "total": 1}
    ordinary |= {"amount": 1, "rate": 1.1, "rating": 4, "scale": 5}
    ordinary |= {"from_currency": "EUR", "to_currency": "USD"}
    if contract.full_name == "commerce.orders":
        ordinary["status"] = "completed"
    row = {name: value for name, value in ordinary.items() if name in contract.columns}
    results = run_landing_gate(connection, [land(contract.full_name, row, row)], limits)
    assert [result for result in results if not result.passed] == []
    assert {result.layer for result in results} == {"landing"}


@pytest.mark.parametrize("case", BREAKS, ids=str)
def test_a_wrong_row_is_found(
    case: tuple[str, dict, str, bool], land: Land, failed_at_landing: FailedAtLanding
):
    table, wrong, check, refuses = case
    landed = land(table, {}, wrong)
    result = failed_at_landing(landed)[check]
    assert result.refuses is refuses
    assert result.offending_rows


def test_the_last_allowed_moment_is_not_the_future(
    land: Land,
    failed_at_landing: FailedAtLanding,
):
    landed = land("commerce.orders", {"created_at": "2026-03-01 00:05:00", "total": 1})
    assert failed_at_landing(landed) == {}


def test_unreadable_json_is_found(
    connection: duckdb.DuckDBPyConnection,
    land: Land,
    failed_at_landing: FailedAtLanding,
):
    landed = land("web.events", {"event_type": "view", "visitor_id": "v"})
    # A JSON column refuses what is not JSON, so it takes text to hold any.
    connection.execute("alter table raw_web.events alter properties type varchar")
    connection.execute("update raw_web.events set properties = '{'")
    assert list(failed_at_landing(landed)) == ["properties_is_valid_json"]


@pytest.mark.parametrize(
    ("counts", "check"),
    [
        ({"rows_read": 5, "rows_duplicate": 1}, "every_row_read_is_accounted_for"),
        ({"rows_read": 4, "rows_accepted": 4}, "accepted_rows_are_stored"),
        ({"rows_read": 203, "rows_quarantined": 200}, "quarantined_share_is_small"),
        ({"rows_in_quarantine": 97}, "quarantined_share_is_small"),
    ],
)
def test_the_books_of_the_load_must_balance(
    counts: dict,
    check: str,
    land: Land,
    failed_at_landing: FailedAtLanding,
):
    landed = land("commerce.orders", *[{"total": 1}] * 3)
    assert failed_at_landing(landed) == {}
    results = failed_at_landing(replace(landed, **counts))
    assert list(results) == [check]
    assert results[check].refuses


def test_the_share_in_quarantine_is_of_all_that_landed_where_that_is_known(
    land: Land,
    failed_at_landing: FailedAtLanding,
):
    landed = land("commerce.orders", *[{"total": 1}] * 4)
    one_bad_row_today = replace(
        landed, rows_read=1, rows_accepted=0, rows_quarantined=1, rows_in_quarantine=1
    )
    assert failed_at_landing(one_bad_row_today) == {}
    nothing_new = replace(landed, rows_read=0, rows_accepted=0, rows_in_quarantine=96)
    assert list(failed_at_landing(nothing_new)) == ["quarantined_share_is_small"]


@pytest.mark.parametrize("contract", TABLES, ids=lambda table: table.full_name)
def test_check_names_are_unique_within_a_table(contract: Table, limits: LandingLimits):
    checks = checks_of_landed(LandedTable(contract, 0, 0, 0, 0, required=True), limits)
    assert max(Counter(check.name for check in checks).values()) == 1
    assert {check.table for check in checks} == {contract.full_name}


def test_a_share_of_a_few_rows_says_nothing(
    land: Land,
    failed_at_landing: FailedAtLanding,
):
    landed = land("commerce.orders", {"total": 1})
    assert failed_at_landing(replace(landed, rows_in_quarantine=98)) == {}
    assert list(failed_at_landing(replace(landed, rows_in_quarantine=99))) == [
        "quarantined_share_is_small"
    ]
