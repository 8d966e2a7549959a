"""Databases in memory, and raw tables made from the contract."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from expectations.checks import CheckResult
from expectations.gate import run_landing_gate
from expectations.landing import LandedTable, LandingLimits
from orchestration.ingestion.contract import SQL_TYPES, Kind, Table, table_named
from tests.expectations.shop import SHOP

Land = Callable[..., LandedTable]
FailedChecks = Callable[[list[CheckResult]], dict[str, CheckResult]]
FailedAtLanding = Callable[[LandedTable], dict[str, CheckResult]]

FUTURE_LIMIT = datetime(2026, 3, 1, 0, 5, tzinfo=UTC)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as database:
        yield database


@pytest.fixture
def shop(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A small shop in which all invariants hold."""
    connection.execute(SHOP)
    return connection


@pytest.fixture
def limits() -> LandingLimits:
    return LandingLimits(future_limit=FUTURE_LIMIT, max_quarantined_share=0.2)


@pytest.fixture
def land(connection: duckdb.DuckDBPyConnection) -> Land:
    """Create a raw table holding the given rows; keys and event times are filled in."""

    def _land(full_name: str, *rows: dict[str, object]) -> LandedTable:
        table = table_named(full_name)
        columns = ", ".join(f'"{name}" {SQL_TYPES[kind]}' for name, kind in table.columns.items())
        connection.execute(f"create schema if not exists raw_{table.source}")
        connection.execute(f"create or replace table {table.relation} ({columns})")
        for position, given in enumerate(rows):
            row = {**_required(table, position), **given}
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" for _ in row)
            connection.execute(
                f"insert into {table.relation} ({names}) values ({places})", list(row.values())
            )
        return LandedTable(table, len(rows), len(rows), 0, 0)

    return _land


@pytest.fixture
def failed() -> FailedChecks:
    """Pick the failed results, by the name of their check."""
    return lambda results: {result.check_name: result for result in results if not result.passed}


@pytest.fixture
def failed_at_landing(
    connection: duckdb.DuckDBPyConnection, limits: LandingLimits, failed: FailedChecks
) -> FailedAtLanding:
    """Run the landing gate on one table and pick the failed results."""
    return lambda table: failed(run_landing_gate(connection, [table], limits))


def _required(table: Table, position: int) -> dict[str, object]:
    samples: dict[Kind, object] = {
        Kind.ID: f"id {position}",
        Kind.TEXT: f"name {position}",
        Kind.CURRENCY: "EUR",
        Kind.DATE: f"2026-01-{position + 1:02d}",
        Kind.TIMESTAMP: "2026-01-01 12:00:00",
    }
    needed = [*table.key, *([table.happened_at] if table.happened_at else [])]
    return {name: samples[table.columns[name]] for name in needed}
