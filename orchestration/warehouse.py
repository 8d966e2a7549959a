"""Connections to the build database: one writer, bounded memory, UTC."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.ingestion.sql import text_literal
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings

# A dbt process outlives a refresh that was killed; it holds the file until it notices that
# nobody listens, which takes as long as the model it is building.
_LOCK_PATIENCE_SECONDS = 120.0
_LOCK_POLL_SECONDS = 0.25


class WarehouseBusyError(Exception):
    """Another process holds the build database."""


@contextmanager
def build_connection(
    workspace: Workspace, settings: Settings
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build database for writing, waiting for a killed run's last query to end.

    Raises:
        WarehouseBusyError: If another process still holds the file after two minutes.
    """
    workspace.warehouse.mkdir(parents=True, exist_ok=True)
    connection = _connect(workspace)
    try:
        limit(connection, workspace, settings)
        yield connection
    finally:
        connection.close()


def limit(connection: duckdb.DuckDBPyConnection, workspace: Workspace, settings: Settings) -> None:
    """Bound what a connection may use of the machine; beyond the memory it spills to disk."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"set memory_limit = '{settings.resources.memory_limit}'")
    connection.execute(f"set temp_directory = {text_literal(str(workspace.warehouse / 'spill'))}")
    connection.execute("set enable_progress_bar = false")
    if settings.resources.threads is not None:
        connection.execute(f"set threads = {settings.resources.threads}")


def _connect(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(str(workspace.build_database))
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise WarehouseBusyError(
                    f"{workspace.build_database} is open in another process; "
                    f"only a refresh may open it (read {workspace.published_database.name} "
                    f"instead): {error}"
                ) from error
            time.sleep(_LOCK_POLL_SECONDS)
