"""A workspace, what a connector is given there, and what loading makes of what it lays."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion.contract import table_named
from orchestration.sources.connector import Fetch
from orchestration.workspace.paths import Workspace
from tests.orchestration.ingestion.landing import Landing


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "shop")
    made.landing.mkdir(parents=True)
    return made


@pytest.fixture
def fetch(workspace: Workspace) -> Fetch:
    return Fetch(workspace, date(2026, 1, 31), "Europe/Berlin", datetime(2026, 1, 31, 1))


@pytest.fixture
def everything(fetch: Fetch) -> Fetch:
    return replace(fetch, everything=True)


@pytest.fixture
def loaded(workspace: Workspace) -> Iterator[Callable[[str], Landing]]:
    """Load a table's landing folder as a run does; its counts add up or the load fails."""
    connection = duckdb.connect(config={"threads": 2})
    landings: dict[str, Landing] = {}

    def load(full_name: str) -> Landing:
        folder = workspace.landing / full_name.replace(".", "/")
        landing = landings.setdefault(
            full_name, Landing(connection, table_named(full_name), folder)
        )
        landing.load()
        return landing

    yield load
    connection.close()
