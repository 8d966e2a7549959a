"""`adplan refresh` without its command line: run the Dagster job in this process."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestration.alerts.sending import alert
from orchestration.runs import run_log
from orchestration.runs.dagster_home import prepare_dagster_home
from orchestration.workspace.errors import WorkspaceError

if TYPE_CHECKING:
    from pathlib import Path

    import dagster as dg

    from orchestration.workspace.paths import Workspace

EXIT_CODES = {"published": 0, "unchanged": 0, "partial": 0, "failed": 1, "refused": 3}


@dataclass(frozen=True)
class RefreshOptions:
    """What the command line says of a refresh.

    Attributes:
        as_of: A day (YYYY-MM-DD), `today` or `latest`; blank for what the settings say.
        full_refresh: Whether to read and build everything anew.
        select: Dagster asset selection to run instead of everything; blank for everything.
        wait_seconds: How long to wait for another refresh of the workspace.
        rebuild_segments: Names of segments whose rules are applied although they do not update
            themselves; the run then has something to do whether or not anything changed.
        first_day: First day (YYYY-MM-DD) that sources are asked for again; blank for what is new.
        last_day: Last of these days; blank for the run's day.
    """

    as_of: str = ""
    full_refresh: bool = False
    select: str = ""
    wait_seconds: float = 3600.0
    rebuild_segments: tuple[str, ...] = ()
    first_day: str = ""
    last_day: str = ""


def refresh(workspace: Workspace, options: RefreshOptions) -> dict[str, object]:
    """Refresh a workspace and return the run's record as the log has it.

    When nothing that the published tables depend on has changed since they were published,
    they already are what this run would give, and the run ends at once as `unchanged`.

    Raises:
        WorkspaceError: If settings, definitions, the selection or a segment to rebuild are wrong.
    """
    if options.full_refresh and (options.first_day or options.last_day):
        raise WorkspaceError(
            "--full-refresh fetches all there is, --from and --to only some days: give one of them"
        )
    unchanged = _unchanged(workspace, options)
    if unchanged is not None:
        run_log.append(workspace, unchanged)
        return unchanged
    record = _run_job(workspace, options)
    alert(workspace, record)
    return record


def _unchanged(workspace: Workspace, options: RefreshOptions) -> dict[str, object] | None:
    """Return the record of a run that has nothing to do, or None if it has."""
    from orchestration.runs.day_range import day_range  # noqa: PLC0415
    from orchestration.runs.inputs import inputs_digest  # noqa: PLC0415
    from orchestration.runs.opening import open_run, record  # noqa: PLC0415
    from orchestration.sources.registry import connectors  # noqa: PLC0415

    run = open_run(
        workspace,
        str(uuid.uuid4()),
        as_of=options.as_of,
        full_refresh=False,
        rebuild_segments=options.rebuild_segments,
    )
    today = run.as_of_bound.day
    day_range(options.first_day, options.last_day, today=today, settings=run.settings)
    is_asked_for = options.full_refresh or options.rebuild_segments or options.select
    # What sources have that is new is only known once they are asked.
    if is_asked_for or connectors(run.settings) or not workspace.published_database.exists():
        return None
    published = next(
        (one for one in run_log.records(workspace) if one["outcome"] == "published"), None
    )
    if published is None or published["inputs"] != inputs_digest(run):
        return None
    return {**record(run), "outcome": "unchanged", "as_of": published["as_of"]}


def _run_job(workspace: Workspace, options: RefreshOptions) -> dict[str, object]:
    home = prepare_dagster_home(workspace)
    os.environ["ADPLAN_WORKSPACE"] = str(workspace.root)
    # Dagster otherwise commits each of a thousand events to its log on its own.
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "500")
    import dagster as dg  # noqa: PLC0415

    from orchestration.definitions import defs  # noqa: PLC0415

    job = defs().resolve_job_def("daily_refresh")
    with dg.DagsterInstance.from_config(str(home)) as instance:
        result = job.execute_in_process(
            instance=instance,
            run_config=_run_config(workspace.root, options),
            asset_selection=_selected(options.select),
            raise_on_error=False,
        )
    newest = next(iter(run_log.records(workspace, most=1)), None)
    if newest is None or newest["run_id"] != result.run_id:
        return {"run_id": result.run_id, "outcome": "failed", "error": _error_of(result)}
    if newest["outcome"] == "partial" and not result.success:
        # It broke between steps, where nobody saw it but Dagster.
        newest |= {"outcome": "failed", "error": _error_of(result)}
        run_log.append(workspace, newest)
    return newest


def _run_config(root: Path, options: RefreshOptions) -> dict[str, object]:
    config = {
        "workspace": str(root),
        "as_of": options.as_of,
        "full_refresh": options.full_refresh,
        "wait_seconds": options.wait_seconds,
        "rebuild_segments": list(options.rebuild_segments),
        "first_day": options.first_day,
        "last_day": options.last_day,
    }
    return {
        "resources": {"refresh": {"config": config}},
        # The steps are told in our own words; Dagster's events are in its pages.
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def _selected(select: str) -> list[dg.AssetKey] | None:
    if not select:
        return None
    import dagster as dg  # noqa: PLC0415

    from orchestration.definitions import defs  # noqa: PLC0415

    graph = defs().resolve_asset_graph()
    try:
        selected = sorted(dg.AssetSelection.from_string(select).resolve(graph))
    except dg.DagsterError as error:
        raise WorkspaceError(f"select {select!r}: {error}") from error
    if not selected:
        raise WorkspaceError(f"select {select!r} names no asset; `adplan dagster` shows them all")
    return selected


def _error_of(result: dg.ExecuteInProcessResult) -> str:
    """What stopped a run that could not even open its workspace."""
    from orchestration.runs.event_errors import first_error  # noqa: PLC0415

    return first_error(result.all_events) or "the run failed; see its page in `adplan dagster`"
