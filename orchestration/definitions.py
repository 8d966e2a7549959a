"""The code location Dagster loads: everything under `defs/`, bound to one workspace.

The workspace is named by ADPLAN_WORKSPACE when a run starts; loading needs none.
"""

from functools import cache

import dagster as dg

from orchestration.defs.dbt.assets import dbt_models
from orchestration.defs.experiments.assets import experiment_assets
from orchestration.defs.forecasts.assets import forecast_assets
from orchestration.defs.gates.checks import landing_gate, mart_gate, python_gate
from orchestration.defs.ingestion.assets import ingestion_assets
from orchestration.defs.jobs import daily_refresh
from orchestration.defs.publishing.assets import published_file
from orchestration.defs.schedules import daily_schedule
from orchestration.defs.segments.assets import segment_assets
from orchestration.defs.sources.assets import source_assets
from orchestration.defs.workspace.assets import workspace_assets
from orchestration.runs.resource import Refresh


@dg.definitions
@cache
def defs() -> dg.Definitions:
    """Collect every asset, check, job and schedule."""
    return dg.Definitions(
        assets=[
            *source_assets,
            *ingestion_assets,
            workspace_assets,
            dbt_models,
            experiment_assets,
            forecast_assets,
            segment_assets,
            published_file,
        ],
        asset_checks=[landing_gate, mart_gate, python_gate],
        jobs=[daily_refresh],
        schedules=[daily_schedule()],
        resources={"refresh": Refresh(workspace=dg.EnvVar("ADPLAN_WORKSPACE"))},
    )
