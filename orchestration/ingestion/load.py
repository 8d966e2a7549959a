"""Loading one landing folder into its raw table.

Rows are written once, into `<table>__incoming` (`reading.py`), together with the reason they
are refused for, if any. Refused and duplicate rows, which are few, are then deleted from it,
and one transaction makes the rest the table, or adds them to it, and records files and counts
(`settle.py`). A run killed before that transaction leaves the table as it was; a run killed
after it is done.
"""

from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.ingestion.batch import Batch
from orchestration.ingestion.contract import Table
from orchestration.ingestion.files import landing_files
from orchestration.ingestion.reading import read
from orchestration.ingestion.settle import log_load, settle
from orchestration.ingestion.state import (
    KnownFile,
    LoadCounts,
    LoadRun,
    has_table,
    known_files,
)

_ATTEMPTS = 3


class LandingChangedError(Exception):
    """A file kept changing while it was read."""


def load_table(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    folder: Path,
    run: LoadRun,
    *,
    reload: bool = False,
) -> LoadCounts:
    """Bring the raw table up to date with its landing folder.

    Files newer than all the known ones are added. Any other difference (a file replaced,
    removed or older, an `as_of` that lets other rows in, new load rules) reads the whole
    folder again, so that the table is always what a full load of the present files gives.

    Args:
        connection: The build database, after `state.prepare`.
        table: The contract of the folder.
        folder: The landing folder, if there is one.
        run: The run this load belongs to.
        reload: Read everything again whatever changed.

    Returns:
        The counts of the rows this load read.

    Raises:
        LandingChangedError: If a file is replaced during each of three attempts.
    """
    connection.execute(f"create schema if not exists raw_{table.source}")
    for _ in range(_ATTEMPTS):
        if not (batch := _plan(connection, table, folder, run, reload=reload)):
            log_load(connection, table, run, LoadCounts())
            return LoadCounts()
        read(connection, batch)
        if batch.is_unchanged():
            return settle(connection, batch, run)
        connection.execute(f"drop table {batch.incoming}")
    raise LandingChangedError(
        f"{table.full_name}: files in {folder} were replaced while they were read, "
        f"{_ATTEMPTS} times in a row; write them elsewhere first and move them in"
    )


def _plan(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, run: LoadRun, *, reload: bool
) -> Batch | None:
    """Decide what to read; None when the table already is what its folder gives."""
    files = landing_files(folder)
    known = known_files(connection, table)
    must_reload = (
        reload
        or not has_table(connection, table, run)
        or any(_depends_on_as_of(file, run.limit_of(table)) for file in known)
        or [file.identity for file in known] != [file.identity for file in files[: len(known)]]
    )
    if must_reload:
        return Batch(table, files, first_index=0, replaces_table=True)
    if len(files) == len(known):
        return None
    return Batch(table, files[len(known) :], first_index=len(known), replaces_table=False)


def _depends_on_as_of(file: KnownFile, limit: datetime) -> bool:
    """Whether rows of the file would be judged differently now that `as_of` moved."""
    lets_in = file.earliest_future_at is not None and file.earliest_future_at <= limit
    shuts_out = file.latest_at is not None and file.latest_at > limit
    return lets_in or shuts_out
