"""What came of the experiments, decided on their aggregates."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.described import asset_specs
from orchestration.defs.ingestion.assets import POOL
from orchestration.experiments.deciding import write_results
from orchestration.experiments.tables import TABLES
from orchestration.runs.resource import Refresh


@dg.multi_asset(
    name="experiment_results",
    specs=asset_specs(
        TABLES, "experiments", ["experiments.dim_experiments", "experiments.fct_arms"]
    ),
    pool=POOL,
)
def experiment_assets(refresh: Refresh) -> Iterator[dg.MaterializeResult[None]]:
    """Compare the variants of every experiment that has started."""
    run = refresh.run
    with run.step("Experiments") as step, run.database() as connection:
        step.note = f"{write_results(connection, run.settings.experiments)} decided upon"
    for table in TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."))
