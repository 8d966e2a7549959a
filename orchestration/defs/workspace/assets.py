"""Settings and definitions of the workspace as tables that SQL reads."""

from collections.abc import Iterator
from datetime import UTC
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb

from orchestration.as_of import AsOf
from orchestration.defs.ingestion.assets import POOL
from orchestration.ingestion.contract import TABLES
from orchestration.query_costs import measure_queries
from orchestration.runs.resource import Refresh
from orchestration.runs.run import Run
from orchestration.runs.run_log import past_runs
from orchestration.workspace_tables import WORKSPACE_TABLES, write_workspace_tables


@dg.multi_asset(
    name="workspace",
    # After the raw tables, because `as_of: latest` is the day of the latest event landed.
    specs=[
        dg.AssetSpec(
            ["workspace", table],
            group_name="workspace",
            kinds={"duckdb"},
            description=f"The workspace's {table.replace('_', ' ')}, as the SQL models see them.",
            deps=[dg.AssetKey([raw.source, raw.name]) for raw in TABLES],
        )
        for table in WORKSPACE_TABLES
    ],
    pool=POOL,
)
def workspace_assets(refresh: Refresh) -> Iterator[dg.MaterializeResult[None]]:
    """Write the settings and definitions of the run."""
    run = refresh.run
    with run.step("Settings and definitions") as step, run.database() as connection:
        as_of = run.as_of = _as_of(run, connection)
        write_workspace_tables(
            connection,
            run.settings,
            run.definitions,
            as_of,
            past_runs=past_runs(run.workspace, run.run_id),
            query_costs=_query_costs(run),
        )
        step.note = f"as of {as_of.day}"
    for table in WORKSPACE_TABLES:
        yield dg.MaterializeResult(asset_key=["workspace", table])


def _query_costs(run: Run) -> list[dict[str, object]]:
    """What pages take on the file of the run before: this run's exists once all else is done."""
    return [
        {**cost, "run_id": run.run_id, "measured_at": run.started_at}
        for cost in measure_queries(run.workspace.published_database)
    ]


def _as_of(run: Run, connection: duckdb.DuckDBPyConnection) -> AsOf:
    if run.settings.as_of != "latest":
        return run.as_of_bound
    facts = [table.full_name for table in TABLES if table.is_fact]
    latest = connection.execute(
        "select max(latest_at) from ingest.files where list_contains(?, source_table)", [facts]
    ).fetchone()
    if latest is None or latest[0] is None:
        return run.as_of_bound
    local = latest[0].replace(tzinfo=UTC).astimezone(ZoneInfo(run.settings.timezone))
    return AsOf(local.date(), run.settings.timezone)
