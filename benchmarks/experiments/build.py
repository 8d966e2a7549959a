"""Build the experiment models in a process of its own: `python -m ...build FILE TARGET`."""

import sys
import time

from benchmarks.building import built
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
    with built(file, target) as connection:
        started = time.perf_counter()
        write_results(connection, ExperimentSettings())
        print(f"results {time.perf_counter() - started:.2f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
