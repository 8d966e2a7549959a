"""Build the experiment models in a process of its own: `python -m ...build FILE TARGET`."""

import sys
import time
from pathlib import Path

import duckdb

from orchestration.defs.dbt.compiled import build_compiled
from orchestration.experiments.deciding import write_results
from orchestration.workspace.experiment_settings import ExperimentSettings

MODELS = (
    "stg_workspace__settings",
    "stg_workspace__goals",
    "path:models/staging/workspace/stg_workspace__experiments.sql",
    "path:models/staging/workspace/stg_workspace__experiment_variants.sql",
    "path:models/staging/workspace/stg_workspace__experiment_ad_sets.sql",
    "path:models/staging/workspace/stg_workspace__experiment_metrics.sql",
    "path:models/staging/workspace/stg_workspace__experiment_dimensions.sql",
    "path:models/intermediate/experiments",
    "path:models/marts/experiments",
)


def main(file: str, target: str) -> None:
    """Build every model, decide, and print the seconds of each."""
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "6GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        started = time.perf_counter()
        for name in build_compiled(connection, Path(target)):
            now = time.perf_counter()
            print(f"{name} {now - started:.2f}", flush=True)
            started = now
        write_results(connection, ExperimentSettings())
        print(f"results {time.perf_counter() - started:.2f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
