"""The last step: the marts of a run that passed its gates become the published file."""

import dagster as dg

from orchestration.defs.dbt.marts import MART_DESCRIPTIONS, MARTS
from orchestration.defs.ingestion.assets import POOL
from orchestration.publishing import publish
from orchestration.runs import run_log
from orchestration.runs.opening import record
from orchestration.runs.resource import Refresh


@dg.asset(
    key=["published", "adplan"],
    group_name="publishing",
    kinds={"duckdb"},
    deps=[dg.AssetKey(mart.split(".")) for mart in MARTS],
    pool=POOL,
)
def published_file(refresh: Refresh) -> dg.MaterializeResult[None]:
    """warehouse/adplan.duckdb, replaced whole."""
    run = refresh.run
    with run.step("Publish") as step, run.database() as connection:
        run.is_published = True
        try:
            summary = record(run)
            run_log.write_table(connection, run.workspace, summary)
            rows = publish(connection, run.workspace, MART_DESCRIPTIONS)
        except BaseException:
            run.is_published = False
            raise
        run_log.append(run.workspace, summary)
        step.rows = sum(rows.values())
        step.note = f"{len(rows)} tables"
    return dg.MaterializeResult(metadata={"rows": sum(rows.values()), "tables": len(rows)})
