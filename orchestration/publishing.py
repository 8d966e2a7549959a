"""Publishing: the marts of a run become the file that analysts read, all at once.

The tables are copied into a new file, the file is closed and flushed, and then takes the
place of the published one by a rename. Readers that hold the old file keep it until they
reconnect; whoever connects sees one run or the other. A run that dies on the way leaves a
half-written file beside the published one, which the next run removes.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.ingestion.sql import text_literal
from orchestration.workspace.paths import Workspace

# Schemas are subjects; every table in them is published, nothing else is.
PUBLISHED_SCHEMAS = (
    "conversions",
    "attribution",
    "campaigns",
    "journeys",
    "customers",
    "experiments",
    "forecasts",
    "metrics",
    "health",
)


# What each table means, and each of its columns: `{"health.runs": ("...", {"run_id": "..."})}`.
Descriptions = Mapping[str, tuple[str, Mapping[str, str]]]


def publish(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    descriptions: Descriptions | None = None,
) -> dict[str, int]:
    """Replace the published file by the marts of the build database.

    Args:
        connection: The build database.
        workspace: Whose file is published.
        descriptions: Put on the published tables and columns as comments.

    Returns:
        Rows per published table, such as `{"conversions.fct_conversions": 43}`.

    Raises:
        duckdb.Error, OSError: If the new file cannot be written, for want of space for
            example; the published file is then untouched.
    """
    with _replacement(workspace.published_database) as new_file:
        connection.execute(f"attach {text_literal(str(new_file))} as published")
        try:
            rows = _copy_marts(connection)
            for table, (meaning, columns) in (descriptions or {}).items():
                if table in rows:
                    _describe(connection, table, meaning, columns)
            return rows
        finally:
            connection.execute("detach published")


def republish_health(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    """Publish what a run without news adds: the health tables; the marts stay as they are."""
    with _replacement(workspace.published_database) as new_file:
        shutil.copyfile(workspace.published_database, new_file)
        connection.execute(f"attach {text_literal(str(new_file))} as published")
        try:
            for schema, table in _tables(connection, ("health",)):
                _copy(connection, schema, table)
        finally:
            connection.execute("detach published")


@contextmanager
def _replacement(target: Path) -> Iterator[Path]:
    """Yield a new path; when the block succeeds, the file there takes the target's place."""
    new_file = target.with_name(f"{target.name}.new")
    _remove(new_file)
    try:
        yield new_file
        _flush(new_file)
        # A write-ahead log beside the target would belong to a file that no longer exists,
        # and DuckDB would refuse to open the new one over it.
        _log_of(target).unlink(missing_ok=True)
        new_file.replace(target)
        _flush(target.parent)
    finally:
        _remove(new_file)


def _copy_marts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = {}
    for schema, table in _tables(connection, PUBLISHED_SCHEMAS):
        rows[f"{schema}.{table}"] = _copy(connection, schema, table)
    return rows


def _tables(
    connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...]
) -> list[tuple[str, str]]:
    # A mart that only renames what is stored already is a view here and a table once published.
    query = """
        select table_schema, table_name from information_schema.tables
        where table_catalog = current_database() and list_contains($1, table_schema)
            and not starts_with(table_name, '__') and not contains(table_name, '__dbt_')
        order by all
    """
    return connection.execute(query, [list(schemas)]).fetchall()


def _copy(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> int:
    connection.execute(f"create schema if not exists published.{schema}")
    name = f'{schema}."{table}"'
    copied = connection.execute(
        f"create or replace table published.{name} as from {name}"
    ).fetchone()
    return int(copied[0]) if copied else 0


def _describe(
    connection: duckdb.DuckDBPyConnection, table: str, meaning: str, columns: Mapping[str, str]
) -> None:
    connection.execute(f"comment on table published.{table} is {text_literal(meaning)}")
    for column, description in columns.items():
        connection.execute(
            f'comment on column published.{table}."{column}" is {text_literal(description)}'
        )


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")
