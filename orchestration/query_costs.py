"""How long the queries of report pages take on the published file."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from orchestration.reports.folders import QUERIES

# The first run of a query reads pages of the file that later ones find in memory.
_REPETITIONS = 3
# A query this slow is run once: the refresh waits for it.
_SLOW_SECONDS = 1.0


def measure_queries(database: Path, folder: Path = QUERIES) -> list[dict[str, object]]:
    """Run the queries of a folder on a published file.

    Args:
        database: The file; it may be missing.
        folder: Where `*.sql` are; it may be missing.

    Returns:
        A row per query, by its name: `query`, `seconds` (median of three runs, or of the one of a
        slow query), and `why_not` where it could not be run, as on a file published before its
        tables existed.
    """
    if not database.exists():
        return []
    with duckdb.connect(str(database), read_only=True) as connection:
        return list(_measured(connection, sorted(folder.glob("*.sql"))))


def _measured(
    connection: duckdb.DuckDBPyConnection, files: list[Path]
) -> Iterator[dict[str, object]]:
    for file in files:
        query = file.read_text(encoding="utf-8")
        try:
            seconds = _typical_seconds(connection, query)
        except duckdb.Error as error:
            yield {"query": file.stem, "seconds": None, "why_not": str(error).splitlines()[0]}
        else:
            yield {"query": file.stem, "seconds": seconds, "why_not": None}


def _typical_seconds(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    first = _seconds(connection, query)
    if first > _SLOW_SECONDS:
        return first
    return median([first, *(_seconds(connection, query) for _ in range(_REPETITIONS - 1))])


def _seconds(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    start = perf_counter()
    connection.execute(query).fetchall()
    return perf_counter() - start
