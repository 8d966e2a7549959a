"""What the warehouse publishes of a simulated shop is what the simulation knows to be true."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import SHARED, rows

SHOP_CURRENCY = "USD"

# What this version publishes in full; the contract holds more tables than it has yet.
COMPLETE_TABLES = (
    "conversions.fct_conversions",
    "conversions.dim_goals",
    "attribution.fct_touchpoints",
    "campaigns.fct_ad_days",
    "customers.fct_orders",
    "health.load_log",
    "health.freshness",
    "health.checks",
    "health.runs",
)
PEOPLE_COLUMNS = {
    "person_id", "is_identified", "first_seen_at", "country", "orders", "revenue",
    "average_order_value", "days_since_last_order",
}  # fmt: skip


@pytest.fixture(scope="module")
def truth(published_shop: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((published_shop / "truth" / "truth.json").read_text())
    return known


def money(amount: float) -> object:
    """Cents of foreign currency are converted row by row to six places."""
    return pytest.approx(amount, abs=0.005)


def test_every_row_that_landed_is_accounted_for(published_shop: Path, truth: dict[str, Any]):
    loaded = {
        table: {"read": read, "accepted": accepted, "duplicate": duplicate,
                "quarantined": quarantined, "late": late}
        for table, read, accepted, duplicate, quarantined, late in rows(
            published_shop,
            "select source_table, rows_read, rows_accepted, rows_duplicate, rows_quarantined, "
            "rows_late from health.load_log where rows_read > 0",
        )
    }  # fmt: skip
    expected = {
        table: {name: count for name, count in counts.items() if name != "bad"}
        for table, counts in truth["rows"].items()
        if counts["read"]
    }
    assert loaded == expected


def test_every_refused_row_is_in_quarantine_with_its_reason(
    published_shop: Path, truth: dict[str, Any]
):
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for file in (published_shop / "warehouse" / "quarantine").glob("*.parquet"):
        reasons = duckdb.sql(
            f"select source_table, reason, count(*) from read_parquet('{file}') group by all"
        ).fetchall()
        for table, reason, count in reasons:
            found[table][reason] = count
    assert found == {
        table: counts["bad"] for table, counts in truth["rows"].items() if counts["bad"]
    }


def test_orders_and_revenue_are_the_shops(published_shop: Path, truth: dict[str, Any]):
    orders = truth["orders"]
    (counted,) = rows(
        published_shop,
        "select count(*), sum(gross_revenue), sum(net_revenue) from customers.fct_orders "
        "where is_counted",
    )
    expected = (
        orders["valid"],
        money(orders["valid_gross_revenue"]),
        money(orders["net_revenue"]),
    )
    assert counted == expected
    (purchases,) = rows(
        published_shop,
        "select count(*), sum(gross_value), sum(value) from conversions.fct_conversions "
        "where conversion_type = 'purchase'",
    )
    assert purchases == expected


def test_orders_keep_their_status_and_what_was_paid(published_shop: Path, truth: dict[str, Any]):
    orders = truth["orders"]
    by_status = rows(published_shop, "select status, count(*) from customers.fct_orders group by 1")
    assert dict(by_status) == {name: n for name, n in orders["by_status"].items() if n}
    by_currency = rows(
        published_shop,
        "select original_currency, sum(original_total) from customers.fct_orders "
        "where is_counted group by 1",
    )
    assert dict(by_currency) == {
        currency: money(amount) for currency, amount in orders["valid_gross_by_currency"].items()
    }


def test_refunds_reduce_the_orders_they_name_and_no_other(
    published_shop: Path, truth: dict[str, Any]
):
    orders = truth["orders"]
    (linked,) = rows(
        published_shop,
        "select count(*) filter (where refunded_value > 0), sum(refunded_value) "
        "from customers.fct_orders",
    )
    assert linked[1] == money(orders["linked_refunded"])
    assert 0 < linked[0] <= orders["linked_refunds"]
    (unlinked,) = rows(published_shop, "select sum(unlinked_refunds) from customers.dim_people")
    assert unlinked == (orders["unlinked_refunds"],)
    (people,) = rows(published_shop, "select sum(refunded_value) from customers.dim_people")
    assert people == (money(orders["linked_refunded"] + orders["unlinked_refunded"]),)


def test_meta_is_counted_once_and_in_the_shops_currency(
    published_shop: Path, truth: dict[str, Any]
):
    meta = truth["meta"]
    (totals,) = rows(
        published_shop,
        "select count(*), sum(impressions), sum(inline_link_clicks), sum(original_spend), "
        "sum(spend), sum(meta_purchases), sum(meta_leads) from campaigns.fct_ad_days",
    )
    assert totals == (
        meta["ad_days"],
        meta["impressions"],
        meta["link_clicks"],
        money(meta["spend"]),
        money(meta["spend_in_shop_currency"]),
        meta["purchases"],
        meta["leads"],
    )
    assert meta["account_currency"] != SHOP_CURRENCY


def test_every_visit_is_in_its_true_channel(published_shop: Path, truth: dict[str, Any]):
    visits = rows(
        published_shop, "select channel, count(*) from attribution.fct_touchpoints group by 1"
    )
    assert dict(visits) == {name: one["visits"] for name, one in truth["channels"].items()}


def test_every_customer_is_one_person(published_shop: Path, truth: dict[str, Any]):
    (people,) = rows(
        published_shop,
        "select count(*), count(distinct customer_id) from customers.dim_people "
        "where customer_id is not null",
    )
    assert people == (truth["customers"]["count"],) * 2


def test_the_gates_leave_their_results(published_shop: Path):
    results = {
        layer: (checks, refusals)
        for layer, checks, refusals in rows(
            published_shop,
            "select layer, count(*), count(*) filter (where not passed and severity = 'refuse') "
            "from health.checks group by 1",
        )
    }
    assert results.keys() == {"landing", "dbt", "mart", "invariant"}
    assert all(checks > 0 and refusals == 0 for checks, refusals in results.values())
    # The simulation deletes an ad that has spent money: its rows stay, and are counted.
    orphans = rows(
        published_shop,
        "select check_name, severity, offending_count > 0, json_array_length(offending_rows) "
        "from health.checks where not passed and layer = 'landing'",
    )
    assert orphans == [("ad_id_is_among_meta_ads_ads", "warn", True, 5)]


def test_the_published_tables_have_the_columns_of_the_contract(published_shop: Path):
    tool = SHARED / "tools" / "check_contract"
    if not tool.exists():
        pytest.skip(f"{tool} is absent: the contract's own checker is not part of this repository")
    schemas = sorted({table.split(".")[0] for table in COMPLETE_TABLES})
    told = subprocess.run(
        [sys.executable, tool, published_shop, *schemas],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode in (0, 1), told.stderr
    short = {line.split(":")[0] for line in told.stdout.splitlines() if ": " in line}
    assert not short & set(COMPLETE_TABLES), told.stdout
    columns = rows(
        published_shop,
        "select column_name from information_schema.columns "
        "where table_schema = 'customers' and table_name = 'dim_people'",
    )
    assert {name for (name,) in columns} >= PEOPLE_COLUMNS


def test_the_tables_say_what_they_are(published_shop: Path):
    undescribed = rows(
        published_shop,
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where comment is null and schema_name <> 'health'",
    )
    assert undescribed == []
