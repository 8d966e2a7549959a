"""A database in memory with people and events, empty."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.orchestration.segments.people import create


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as database:
        database.execute("set threads = 1; set TimeZone = 'UTC'")
        create(database)
        yield database
