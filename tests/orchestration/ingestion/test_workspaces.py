"""The three real workspaces load with the counts their makers state."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadRun, prepare

WORKSPACES = Path(__file__).parents[4] / "shared" / "data" / "workspaces"


def _loaded(name: str) -> tuple[duckdb.DuckDBPyConnection, dict[str, float]]:
    workspace = WORKSPACES / name
    if not workspace.is_dir():
        pytest.skip(f"the real data is not here: {workspace}")
    connection = duckdb.connect()
    run = LoadRun("run", datetime(2026, 1, 1), datetime(2026, 1, 1), "salt")
    prepare(connection, run)
    for table in TABLES:
        load_table(connection, table, workspace / "landing" / table.source / table.name, run)
    return connection, json.loads((workspace / "expected.json").read_text())


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def test_a_wholesaler():
    connection, expected = _loaded("uci_retail")
    for table in ("customers", "orders", "order_items", "refunds"):
        assert _one(connection, f"select count(*) from raw_commerce.{table}") == (
            expected[table],
        ), table


def test_a_meta_account():
    connection, expected = _loaded("meta_2017")
    query = "select count(*), sum(impressions), sum(clicks), sum(spend) from raw_meta_ads.insights"
    rows, impressions, clicks, spend = _one(connection, query)
    assert (rows, impressions, clicks) == tuple(
        expected[name] for name in ("insights", "impressions", "clicks")
    )
    assert float(str(spend)) == pytest.approx(expected["spend_usd"], abs=0.005)
    for table in ("campaigns", "adsets"):
        assert _one(connection, f"select count(*) from raw_meta_ads.{table}") == (expected[table],)


def test_a_day_of_a_shop():
    connection, expected = _loaded("gms_2017")
    query = (
        "select count(*), count(distinct visitor_id), sum(pageviews), count_if(is_bounce) "
        "from raw_web.sessions"
    )
    assert _one(connection, query) == tuple(
        expected[name] for name in ("sessions", "visitors", "pageviews", "bounces")
    )
    assert _one(connection, "select count(*) from raw_web.events") == (expected["events"],)
    assert _one(connection, "select count(*) from raw_commerce.orders") == (expected["orders"],)
    (revenue,) = _one(connection, "select sum(total) from raw_commerce.orders")
    assert float(str(revenue)) == pytest.approx(expected["revenue_usd"], abs=0.005)
