"""When the warehouse refreshes by itself, by the clock."""

import dagster as dg

from orchestration.defs.jobs import daily_refresh, hourly_refresh
from orchestration.workspace.settings import Settings

# Everything is read from landing/ and fitted anew. Sources are asked for what is new: what they
# had has landed, and asking for all of it every week costs hours of rationed calls.
FULL_REFRESH = {
    "resources": {
        "refresh": {
            "config": {
                "workspace": {"env": "ADPLAN_WORKSPACE"},
                "full_refresh": True,
                "fetch_everything": False,
            }
        }
    }
}


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """The daily, hourly and weekly refresh, at the workspace's hours."""
    schedule = settings.schedule
    return [
        dg.ScheduleDefinition(
            name="daily_refresh_schedule",
            job=daily_refresh,
            cron_schedule=schedule.cron,
            execution_timezone=settings.timezone,
            default_status=_status(is_on=schedule.enabled),
        ),
        dg.ScheduleDefinition(
            name="hourly_refresh_schedule",
            job=hourly_refresh,
            cron_schedule=schedule.hourly.cron,
            execution_timezone=settings.timezone,
            default_status=_status(is_on=schedule.hourly.enabled),
        ),
        dg.ScheduleDefinition(
            name="weekly_full_refresh_schedule",
            job=daily_refresh,
            cron_schedule=schedule.weekly.cron,
            execution_timezone=settings.timezone,
            default_status=_status(is_on=schedule.weekly.enabled),
            run_config=FULL_REFRESH,
        ),
    ]


def _status(*, is_on: bool) -> dg.DefaultScheduleStatus:
    return dg.DefaultScheduleStatus.RUNNING if is_on else dg.DefaultScheduleStatus.STOPPED
