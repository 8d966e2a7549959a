"""A landing folder in a temporary directory and a real database to load it into."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion.contract import table_named
from tests.orchestration.ingestion.landing import Landing, LandingOf


@pytest.fixture
def landing_of(tmp_path: Path) -> Iterator[LandingOf]:
    connection = duckdb.connect(config={"threads": 2})

    def landing(full_name: str) -> Landing:
        return Landing(connection, table_named(full_name), tmp_path / "landing" / full_name)

    yield landing
    connection.close()


@pytest.fixture
def orders(landing_of: LandingOf) -> Landing:
    return landing_of("commerce.orders")


@pytest.fixture
def events(landing_of: LandingOf) -> Landing:
    return landing_of("web.events")
