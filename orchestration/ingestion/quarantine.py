"""What was refused: as Parquet beside the warehouse, and counted by reason."""

import os
from pathlib import Path

import duckdb

from orchestration.ingestion.sql import text_literal


def export_quarantine(connection: duckdb.DuckDBPyConnection, directory: Path) -> dict[str, int]:
    """Write the quarantined rows as one Parquet file per table, `<source>.<table>.parquet`.

    Each file is replaced at once, so that a reader sees the old rows or the new ones. Files of
    tables that have no quarantined rows any more are removed.

    Args:
        connection: The build database.
        directory: Where the files go; it is made if it is missing, and holds nothing else.

    Returns:
        Rows written, by table.
    """
    directory.mkdir(parents=True, exist_ok=True)
    counts = connection.execute(
        "select source_table, count(*) from ingest.quarantine group by all order by all"
    ).fetchall()
    written = {str(source_table): int(rows) for source_table, rows in counts}
    for source_table in written:
        _write(connection, source_table, directory / f"{source_table}.parquet")
    for path in directory.glob("*.parquet*"):
        if path.name.removesuffix(".parquet") not in written:
            path.unlink()
    return written


def quarantine_reasons(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Return how many rows of each table are refused for each reason, by name."""
    rows = connection.execute(
        "select source_table, reason, count(*) from ingest.quarantine group by all order by all"
    ).fetchall()
    return [(str(source_table), str(reason), int(count)) for source_table, reason, count in rows]


def _write(connection: duckdb.DuckDBPyConnection, source_table: str, path: Path) -> None:
    unfinished = path.with_name(path.name + ".tmp")
    # `copy` takes no parameters; table names are the contract's.
    connection.execute(
        f"""
        copy (
            select run_id, source_table, reason, source_file, source_row, original
            from ingest.quarantine
            where source_table = {text_literal(source_table)}
            order by source_file, source_row, reason, original, run_id
        ) to {text_literal(str(unfinished))} (format parquet, compression zstd)
        """
    )
    os.replace(unfinished, path)  # noqa: PTH105
