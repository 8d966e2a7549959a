"""Building compiled models on a file, with the seconds that each takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.defs.dbt.compiled import build_compiled


@contextmanager
def built(file: str, target: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build every model and print its seconds; yield the database while it is open."""
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "6GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        started = time.perf_counter()
        for name in build_compiled(connection, Path(target)):
            now = time.perf_counter()
            print(f"{name} {now - started:.2f}", flush=True)
            started = now
        yield connection
