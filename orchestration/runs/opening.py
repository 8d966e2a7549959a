"""The beginning and the end of a run: what it reads first, and the line it leaves in the log.

This is the only place where the clock is read.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version

from expectations.checks import CheckResult
from orchestration.runs.inputs import inputs_digest
from orchestration.runs.run import Run
from orchestration.runs.run_log import Outcome
from orchestration.workspace.definitions import Definitions, load_definitions
from orchestration.workspace.errors import WorkspaceError, closest_first, show
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings

# As many as an error message shows.
_TOLD_REFUSALS = 5


def open_run(
    workspace: Workspace,
    run_id: str,
    *,
    as_of: str,
    full_refresh: bool,
    rebuild_segments: Sequence[str] = (),
) -> Run:
    """Read what a run needs to know before it does anything.

    Raises:
        WorkspaceError: If settings or definitions are wrong, or a segment to rebuild is in none.
    """
    settings = _with_as_of(load_settings(workspace), as_of)
    definitions = load_definitions(workspace, settings)
    _refuse_unknown_segments(definitions, rebuild_segments)
    return Run(
        run_id=run_id,
        workspace=workspace,
        settings=settings,
        definitions=definitions,
        started_at=now().replace(tzinfo=None),
        full_refresh=full_refresh,
        fetch_everything=full_refresh,
        rebuild_segments=tuple(rebuild_segments),
    )


def now() -> datetime:
    """Return the present moment in UTC, to the second: for runs, and for what a person does."""
    return datetime.now(UTC).replace(microsecond=0)


def record(run: Run) -> dict[str, object]:
    """Describe a run for the log, as of now."""
    ended_at = datetime.now(UTC).replace(tzinfo=None)
    return {
        "run_id": run.run_id,
        "outcome": _outcome(run),
        "as_of": (run.as_of or run.as_of_bound).day,
        "started_at": run.started_at,
        "seconds": round((ended_at - run.started_at).total_seconds(), 1),
        "rows_read": run.rows_read,
        "error": run.error,
        "refused_by": run.refused_by,
        "refusals": [_refusal(check) for check in run.refusals[:_TOLD_REFUSALS]],
        "inputs": inputs_digest(run) if run.is_published else None,
        "adplan_version": version("adplan"),
    }


def _refusal(check: CheckResult) -> dict[str, object]:
    """What an alert says of a check; its rows are few and without personal fields already."""
    return {
        "check": check.check_name,
        "table": check.table_name,
        "observed": check.observed,
        "expected": check.expected,
        "meaning": check.meaning,
        "offending_count": check.offending_count,
        "offending_rows": check.offending_rows,
    }


def _outcome(run: Run) -> Outcome:
    if run.is_published:
        return "published"
    if run.refused_by:
        return "refused"
    return "failed" if run.error else "partial"


def _with_as_of(settings: Settings, as_of: str) -> Settings:
    if not as_of:
        return settings
    try:
        value = as_of if as_of in ("today", "latest") else date.fromisoformat(as_of)
    except ValueError:
        raise WorkspaceError(
            f"as of {as_of!r}: accepted are a day as YYYY-MM-DD, today and latest"
        ) from None
    return settings.model_copy(update={"as_of": value})


def _refuse_unknown_segments(definitions: Definitions, names: Sequence[str]) -> None:
    known = [segment.name for segment in definitions.segments]
    unknown = [name for name in names if name not in known]
    if unknown and not known:
        raise WorkspaceError(f"segment {show(unknown[0])}: definitions/segments.yaml has none yet")
    if unknown:
        accepted = ", ".join(map(show, closest_first(unknown[0], known)))
        raise WorkspaceError(
            f"segment {show(unknown[0])}: accepted are those of definitions/segments.yaml, "
            f"closest first: {accepted}"
        )
