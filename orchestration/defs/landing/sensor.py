"""The sensor that watches landing/."""

import os

import dagster as dg

from orchestration.defs.jobs import daily_refresh
from orchestration.defs.landing.watching import Watch, digest_of_files, look
from orchestration.runs.opening import now
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings


def landed_files_sensor(settings: Settings) -> dg.SensorDefinition:
    """Start a refresh when files have landed, where settings switch it on."""
    is_on = settings.schedule.landed_files.enabled

    @dg.sensor(
        name="landed_files",
        description="Refreshes once files have landed in landing/ and are at rest.",
        job=daily_refresh,
        minimum_interval_seconds=30,
        default_status=(
            dg.DefaultSensorStatus.RUNNING if is_on else dg.DefaultSensorStatus.STOPPED
        ),
    )
    def landed_files(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        workspace = Workspace.open(os.environ["ADPLAN_WORKSPACE"])
        watch, reason = look(
            Watch.of(context.cursor),
            digest_of_files(workspace),
            now().timestamp(),
            settings.schedule.landed_files,
        )
        if reason is not None:
            return dg.SensorResult(skip_reason=reason, cursor=watch.cursor)
        # A key, so that a daemon killed before it kept the cursor does not start it twice.
        key = f"{watch.seen}-{watch.seen_at:.0f}"
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=key)], cursor=watch.cursor)

    return landed_files
