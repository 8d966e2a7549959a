"""`logs/runs.jsonl`: one line per run, whatever became of it.

The log outlives the warehouse: runs that were refused or failed are in no published file
until a later run is published, and `adplan status` has to tell of them at once.
"""

import json
import os
from collections.abc import Mapping
from typing import BinaryIO, Literal

import duckdb

from orchestration.workspace.paths import Workspace

Outcome = Literal["published", "unchanged", "refused", "failed", "partial"]

_COLUMNS = {
    "run_id": "varchar",
    "outcome": "varchar",
    "as_of": "date",
    "started_at": "timestamp",
    "seconds": "double",
    "rows_read": "bigint",
    "error": "varchar",
    "refused_by": "varchar[]",
    "inputs": "varchar",
    "adplan_version": "varchar",
}


def append(workspace: Workspace, record: Mapping[str, object]) -> None:
    """Add a run to the log, on a line of its own even after a line that a kill cut short."""
    workspace.logs.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, default=str, ensure_ascii=False)
    # A file name that is not UTF-8 leaves half characters, which JSON can only hold escaped.
    line = text.encode(errors="backslashreplace")
    with workspace.run_log.open("ab+") as log:
        if log.tell() and not _ends_with_newline(log):
            line = b"\n" + line
        log.write(line + b"\n")


def records(workspace: Workspace, most: int = 20) -> list[dict[str, object]]:
    """Return the latest runs, newest first; a line cut short by a kill is passed over.

    The last line of a run is what became of it.
    """
    if not workspace.run_log.exists():
        return []
    runs: dict[str, dict[str, object]] = {}
    # As bytes, because a cut may go through a character, and errors may hold line separators
    # that are not the end of a line of the log.
    for line in reversed(workspace.run_log.read_bytes().split(b"\n")):
        try:
            run = json.loads(line)
        except ValueError:
            continue
        runs.setdefault(run["run_id"], run)
        if len(runs) == most:
            break
    return list(runs.values())


def past_runs(workspace: Workspace, run_id: str) -> list[dict[str, object]]:
    """Return the runs before one, oldest first: `run_id`, `outcome` and `run_date`.

    The date is `as_of`, or the day a run started where it did not get that far.
    """
    return [
        {
            "run_id": run["run_id"],
            "outcome": run["outcome"],
            "run_date": str(run.get("as_of") or run["started_at"])[:10],
        }
        for run in reversed(records(workspace, most=1000))
        if run["run_id"] != run_id
    ]


def _ends_with_newline(log: BinaryIO) -> bool:
    log.seek(-1, os.SEEK_END)
    return log.read(1) == b"\n"


def write_table(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, current: Mapping[str, object]
) -> None:
    """Write `health.runs`: the log, and the run that is about to be published."""
    declared = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(
        f"create schema if not exists health; create or replace table health.runs ({declared})"
    )
    past = [
        run for run in reversed(records(workspace, most=1000)) if run["run_id"] != current["run_id"]
    ]
    places = ", ".join("?" for _ in _COLUMNS)
    connection.executemany(
        f"insert into health.runs values ({places})",
        [[run.get(name) for name in _COLUMNS] for run in [*past, current]],
    )
