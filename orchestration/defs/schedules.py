"""When the warehouse refreshes by itself."""

import os

import dagster as dg

from orchestration.defs.jobs import daily_refresh
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings


def daily_schedule() -> dg.ScheduleDefinition:
    """Refresh daily, at the workspace's hour; at 02:00 UTC where no workspace is named."""
    root = os.environ.get("ADPLAN_WORKSPACE")
    settings = load_settings(Workspace.open(root)) if root else Settings()
    return dg.ScheduleDefinition(
        name="daily_refresh_schedule",
        job=daily_refresh,
        cron_schedule=settings.schedule.cron,
        execution_timezone=settings.timezone,
    )
