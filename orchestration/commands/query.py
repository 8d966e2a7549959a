"""`adplan query`: read-only SQL on the published file, and nothing else on the machine."""

from pathlib import Path

import duckdb

from orchestration.commands.console import UsageError, errors, print_json, print_table
from orchestration.workspace.paths import Workspace

# A query of the command line must not bring the machine down.
_MEMORY_LIMIT = "2GB"


# What reads and changes nothing. DuckDB parses `describe`, `show` and `summarize` as selects.
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def run(directory: Path, sql: str, limit: int, *, as_json: bool) -> None:
    """Run a query and print its rows."""
    with published_connection(Workspace.open(directory)) as connection:
        try:
            _refuse_all_but_one_query(connection, sql)
            result = connection.execute(sql)
            columns = _distinct([column[0] for column in result.description or []])
            rows = result.fetchall() if limit == 0 else result.fetchmany(limit + 1)
        except duckdb.Error as error:
            raise UsageError(str(error)) from error
    shown = rows if limit == 0 else rows[:limit]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in shown])
    else:
        print_table("", columns, shown)
    if len(rows) > len(shown):
        errors.print(f"The first {limit:,} rows; give --limit 0 for all of them.", highlight=False)


def _refuse_all_but_one_query(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Let only one reading statement through; the connection would let harmless others pass."""
    statements = connection.extract_statements(sql)
    queries = [one for one in statements if one.type in _READING]
    # DuckDB turns a pivot into types it needs, which have no text of their own, and a select.
    helpers = [
        one for one in statements if one.type == duckdb.StatementType.CREATE and not one.query
    ]
    if len(queries) != 1 or len(queries) + len(helpers) != len(statements):
        raise UsageError("accepted is one query: select, from, with, describe, show or explain")


def _distinct(names: list[str]) -> list[str]:
    """Number repeated names, so that no column is lost in JSON.

    Example:
        >>> _distinct(["a", "b", "a"])
        ['a', 'b', 'a_2']
    """
    distinct: list[str] = []
    for position, name in enumerate(names):
        repeats = names[:position].count(name)
        distinct.append(f"{name}_{repeats + 1}" if repeats else name)
    return distinct


def published_connection(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """Open the published file such that SQL can read it and reach nothing else.

    Raises:
        UsageError: If nothing has been published yet.
    """
    if not workspace.published_database.exists():
        raise UsageError(
            f"{workspace.root} has no published tables yet: "
            f"run `adplan refresh -w {workspace.root}`"
        )
    connection = duckdb.connect(
        str(workspace.published_database),
        read_only=True,
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_persistent_secrets": False,
        },
    )
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"set memory_limit = '{_MEMORY_LIMIT}'")
    # Spilling would write to disk; a query that needs more memory fails instead.
    connection.execute("set temp_directory = ''")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
