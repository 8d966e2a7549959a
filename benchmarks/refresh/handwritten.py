"""The same warehouse as one script: what a competent analyst would write for this one shop.

One process, one connection, plain SQL, DuckDB's own CSV reader with declared types. It reads
the files `data.py` writes, sets rejected rows aside, keeps one row per key, and writes the
same marts to a new file. What it leaves out is what it was spared: configurable goals and
rules, checks, documentation, history, and the second engine.

    python -m benchmarks.refresh.handwritten WORKSPACE
"""

import json
import sys
import time
from pathlib import Path

import duckdb

from benchmarks.refresh.data import LAST_DAY
from benchmarks.refresh.handwritten_marts import MARTS
from benchmarks.refresh.handwritten_raw import RAW_TABLES, RawTable

_MEMORY_LIMIT = "4GB"
FILE_NAME = "handwritten.duckdb"


def main() -> None:
    """Build the marts of a workspace and print the seconds of each part."""
    directory = Path(sys.argv[1])
    target = directory / "warehouse" / FILE_NAME
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    seconds: dict[str, float] = {}
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{_MEMORY_LIMIT}'")
        connection.execute(f"set temp_directory = '{target.parent / 'spill_handwritten'}'")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{target}' as marts")
        for table in RAW_TABLES:
            seconds[f"read {table.name}"] = _timed(connection, _load_statements(directory, table))
        _export_quarantine(connection, directory)
        for name, statement in MARTS.items():
            seconds[name] = _timed(connection, [statement])
        seconds["close"] = _timed(connection, ["checkpoint marts", "detach marts"])
    print(json.dumps(seconds))


def _timed(connection: duckdb.DuckDBPyConnection, statements: list[str]) -> float:
    started = time.perf_counter()
    for statement in statements:
        connection.execute(statement)
    return time.perf_counter() - started


def _load_statements(directory: Path, table: RawTable) -> list[str]:
    """Read a folder with types, set bad rows aside and keep the newest row of each key."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in table.columns.items())
    files = directory / "landing" / table.folder / "*.csv"
    reader = (
        f"read_csv('{files}', header = true, columns = {{{columns}}}, auto_detect = false, "
        f"store_rejects = true, rejects_table = 'rejects_{table.name}', "
        f"rejects_scan = 'scans_{table.name}', filename = true)"
    )
    bad = table.is_bad.replace("{limit}", f"timestamp '{LAST_DAY}' + interval 24 hours")
    key = ", ".join(f'"{name}"' for name in table.key)
    return [
        f"create temp table {table.name} as select * from {reader}",
        f"create temp table bad_{table.name} as select * from {table.name} where {bad}",
        f"delete from {table.name} where {bad}",
        f"""
        delete from {table.name} where rowid in (
            select row from (
                select rowid as row, row_number() over (
                    partition by {key} order by {table.newest_first}, rowid desc
                ) as place
                from {table.name}
                where ({key}) in (select ({key}) from {table.name} group by all having count(*) > 1)
            ) where place > 1
        )
        """,
    ]


def _export_quarantine(connection: duckdb.DuckDBPyConnection, directory: Path) -> None:
    folder = directory / "warehouse" / "quarantine_handwritten"
    folder.mkdir(exist_ok=True)
    for table in RAW_TABLES:
        connection.execute(f"copy bad_{table.name} to '{folder / table.name}.parquet'")
        connection.execute(f"copy rejects_{table.name} to '{folder / table.name}_unread.parquet'")


if __name__ == "__main__":
    main()
