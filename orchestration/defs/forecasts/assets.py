"""What is to be expected, from what came."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.described import asset_specs
from orchestration.defs.ingestion.assets import POOL
from orchestration.forecasts.outlook import Outlook
from orchestration.forecasts.tables import TABLES
from orchestration.forecasts.writing import write_forecasts
from orchestration.runs.resource import Refresh
from orchestration.workspace_tables import built_as_of

_READS = (
    "intermediate.int_revenue_days",
    "intermediate.int_campaign_outcome_days",
    "intermediate.int_campaign_budgets",
    "campaigns.dim_campaigns",
)


@dg.multi_asset(name="forecasts", specs=asset_specs(TABLES, "forecasts", _READS), pool=POOL)
def forecast_assets(refresh: Refresh) -> Iterator[dg.MaterializeResult[None]]:
    """Forecast revenue, campaigns and budgets, and score what was forecast before."""
    run = refresh.run
    with run.step("Forecasts") as step, run.database() as connection:
        as_of = built_as_of(connection).day
        outlook = Outlook.of(as_of, run.settings.as_of, run.settings.forecasts)
        step.note = f"{write_forecasts(connection, run.workspace, outlook)} series"
    for table in TABLES:
        yield dg.MaterializeResult(asset_key=table.split("."))
