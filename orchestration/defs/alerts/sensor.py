"""Tells of failed runs that no command line watched: those of schedules, sensors and pages."""

import os

import dagster as dg

from orchestration.alerts.sending import alert
from orchestration.runs import run_log
from orchestration.runs.event_errors import first_error
from orchestration.workspace.paths import Workspace


@dg.run_failure_sensor(
    name="failed_runs",
    description="Posts and mails the alerts that adplan.yaml sets up, once for each failed run.",
    # Does nothing where no alert is set up.
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
)
def failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Tell of a failed run, unless it has told of itself."""
    workspace = Workspace.open(os.environ["ADPLAN_WORKSPACE"])
    for way, outcome in alert(workspace, record_of(workspace, context)).items():
        context.log.info(f"{way}: {outcome}")


def record_of(workspace: Workspace, context: dg.RunFailureSensorContext) -> dict[str, object]:
    """The run as its log has it; as Dagster saw it, where it could not even start."""
    run_id = context.dagster_run.run_id
    events = (entry.dagster_event for entry in context.instance.all_logs(run_id))
    error = first_error(event for event in events if event) or context.failure_event.message
    logged = next((one for one in run_log.records(workspace) if one["run_id"] == run_id), None)
    if logged is None:
        return {"run_id": run_id, "outcome": "failed", "error": error}
    if logged["outcome"] == "partial":
        # It broke between steps, where nobody saw it but Dagster.
        logged |= {"outcome": "failed", "error": error}
        run_log.append(workspace, logged)
    return logged
