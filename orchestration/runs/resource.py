"""The refresh as a Dagster resource: opened once per run, closed whatever happens.

Opening takes the workspace's lock and reads settings and definitions; closing writes what
became of the run into the log. So a run started from Dagster's pages is under the same rules
as one started by `adplan refresh`.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import dagster as dg
from pydantic import Field, PrivateAttr

from orchestration.progress import step
from orchestration.runs import run_log
from orchestration.runs.day_range import day_range
from orchestration.runs.lock import workspace_lock
from orchestration.runs.opening import open_run, record
from orchestration.runs.run import Run
from orchestration.workspace.paths import Workspace


class Refresh(dg.ConfigurableResource["Refresh"]):
    """The run at hand, for assets and checks.

    Attributes:
        workspace: Folder of the workspace; from the environment unless given.
        as_of: A day (YYYY-MM-DD), `today` or `latest`; blank for what the settings say.
        full_refresh: Whether to read and build everything anew.
        fetch_everything: Whether a full refresh also asks sources for all they have.
        first_day: First day (YYYY-MM-DD) that sources are asked for again; blank for what is new.
        last_day: Last of these days; blank for the run's day.
        wait_seconds: How long to wait for another refresh of the workspace.
        rebuild_segments: Names of segments whose rules are applied although they do not update
            themselves.
    """

    workspace: str
    as_of: str = ""
    full_refresh: bool = False
    fetch_everything: bool = True
    first_day: str = ""
    last_day: str = ""
    wait_seconds: float = 3600.0
    rebuild_segments: list[str] = Field(default_factory=list)

    _run: Run | None = PrivateAttr(default=None)

    @property
    def run(self) -> Run:
        """The run at hand."""
        if self._run is None:
            raise RuntimeError("there is no run outside of Dagster's execution of a job")
        return self._run

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Refresh"]:
        """Hold the workspace for the run, and log what became of it."""
        workspace = Workspace.open(self.workspace)
        run_id = context.run_id or "unknown"
        with workspace_lock(
            workspace, run_id, patience_seconds=self.wait_seconds, on_wait=_report_wait
        ):
            self._run = self._opened(workspace, run_id)
            _warm_up()
            try:
                yield self
            finally:
                if not self._run.is_published:
                    run_log.append(workspace, record(self._run))
                self._run = None

    def _opened(self, workspace: Workspace, run_id: str) -> Run:
        run = open_run(
            workspace,
            run_id,
            as_of=self.as_of,
            full_refresh=self.full_refresh,
            rebuild_segments=self.rebuild_segments,
        )
        run.fetch_everything = self.full_refresh and self.fetch_everything
        today = run.as_of_bound.day
        run.days = day_range(self.first_day, self.last_day, today=today, settings=run.settings)
        return run


def _report_wait(message: str) -> None:
    with step(f"Lock: {message}"):
        pass


def _warm_up() -> None:
    """Import Great Expectations beside the ingestion, which leaves Python idle.

    The import takes seconds; the gates would otherwise wait for it.
    """
    # Dagster's event log, in this thread, uses of sqlalchemy.orm whatever is there of it: half of
    # it while another thread imports it, on which a run once broke.
    import_module("sqlalchemy.orm")
    # This release has nothing left that reports usage; another might.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    threading.Thread(target=__import__, args=("great_expectations",), daemon=True).start()
