"""Build the customer models in a process of its own: `python -m ...build FILE TARGET`."""

import sys
import time
from pathlib import Path

import duckdb

from orchestration.defs.dbt.compiled import build_compiled

MODELS = (
    "path:models/intermediate/customers",
    "path:models/marts/customers",
    "path:models/marts/health/model_performance.sql",
    "--exclude",
    "fct_orders",
    "sentiment",
    "sentiment_topics",
)


def main(file: str, target: str) -> None:
    """Build every model and print its seconds."""
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "6GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        started = time.perf_counter()
        for name in build_compiled(connection, Path(target)):
            now = time.perf_counter()
            print(f"{name} {now - started:.2f}", flush=True)
            started = now


if __name__ == "__main__":
    main(*sys.argv[1:])
