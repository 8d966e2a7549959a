"""What runs when."""

import dagster as dg

daily_refresh = dg.define_asset_job(
    "daily_refresh",
    description="Ingest, build, check and publish everything.",
    selection=dg.AssetSelection.all(),
    # One process: DuckDB takes one writer, and starting a process per step costs more time
    # than most steps.
    executor_def=dg.in_process_executor,
)
