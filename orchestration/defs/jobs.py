"""What runs when.

Every job publishes one consistent file, so every job builds all of it: a run that rebuilt
experiments alone would publish them beside figures of an earlier run.
"""

import dagster as dg

from orchestration.defs.backfill.assets import GROUP as BACKFILL
from orchestration.defs.sources.assets import source_key
from orchestration.sources.registry import KINDS

# What experiments count: who saw what, what they did, what they bought. Meta's figures settle
# over days and its calls are rationed, so that its sources are left to the daily refresh.
HOURLY_SCHEMAS = ("experiments", "web", "commerce")


def hourly_sources() -> list[str]:
    """The kinds of sources that bring what experiments count."""
    return [
        name
        for name, kind in KINDS.items()
        if any(table.split(".")[0] in HOURLY_SCHEMAS for table in kind.tables)
    ]


_REFRESH = dg.AssetSelection.all() - dg.AssetSelection.groups(BACKFILL)
_LEFT_OUT = [source_key(name) for name in KINDS if name not in hourly_sources()]

daily_refresh = dg.define_asset_job(
    "daily_refresh",
    description="Ingest, build, check and publish everything.",
    selection=_REFRESH,
    # One process: DuckDB takes one writer, and starting a process per step costs more time
    # than most steps.
    executor_def=dg.in_process_executor,
)

hourly_refresh = dg.define_asset_job(
    "hourly_refresh",
    description="The same without asking the sources that experiments can do without.",
    selection=_REFRESH - dg.AssetSelection.assets(*_LEFT_OUT) if _LEFT_OUT else _REFRESH,
    executor_def=dg.in_process_executor,
)
