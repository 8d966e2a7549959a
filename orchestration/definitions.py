"""The code location Dagster loads: everything under `defs/`, bound to one workspace.

The workspace is named by ADPLAN_WORKSPACE when a run starts; loading needs none.
"""

import os
from functools import cache

import dagster as dg

from orchestration.defs.alerts.sensor import failed_runs
from orchestration.defs.backfill.assets import backfill_asset
from orchestration.defs.dbt.assets import dbt_models
from orchestration.defs.experiments.assets import experiment_assets
from orchestration.defs.forecasts.assets import forecast_assets
from orchestration.defs.gates.checks import landing_gate, mart_gate, python_gate
from orchestration.defs.ingestion.assets import ingestion_assets
from orchestration.defs.jobs import daily_refresh, hourly_refresh
from orchestration.defs.landing.sensor import landed_files_sensor
from orchestration.defs.publishing.assets import published_file
from orchestration.defs.schedules import schedules
from orchestration.defs.segments.assets import segment_assets
from orchestration.defs.sources.assets import source_assets
from orchestration.defs.workspace.assets import workspace_assets
from orchestration.runs.resource import Refresh
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings


@dg.definitions
@cache
def defs() -> dg.Definitions:
    """Collect every asset, check, job, schedule and sensor."""
    settings = _settings()
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
            backfill_asset(settings),
        ],
        asset_checks=[landing_gate, mart_gate, python_gate],
        jobs=[daily_refresh, hourly_refresh],
        schedules=schedules(settings),
        sensors=[landed_files_sensor(settings), failed_runs],
        # Runs that are started from the page of an asset are no different from those of a job.
        executor=dg.in_process_executor,
        resources={"refresh": Refresh(workspace=dg.EnvVar("ADPLAN_WORKSPACE"))},
    )


def _settings() -> Settings:
    """The settings of the workspace; the defaults where none is named."""
    root = os.environ.get("ADPLAN_WORKSPACE")
    return load_settings(Workspace.open(root)) if root else Settings()
