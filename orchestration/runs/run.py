"""What one refresh has in hand from beginning to end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from expectations.checks import CheckResult
from orchestration import progress
from orchestration.as_of import AsOf, resolve_as_of
from orchestration.ingestion.state import LoadRun, prepare
from orchestration.warehouse import build_connection
from orchestration.workspace.definitions import Definitions
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings


class GateRefusedError(Exception):
    """A check that may refuse a run has failed; nothing is published."""


@dataclass
class Run:
    """A refresh of one workspace.

    Attributes:
        run_id: Identifies the run in every log.
        workspace: What is refreshed.
        settings: Its settings, with what the command line overrode.
        definitions: Its definitions.
        started_at: When the run started (UTC, without timezone): the only clock reading.
        full_refresh: Whether to read and build everything anew.
        fetch_everything: Whether sources are asked for all they have.
        days: First and last day that sources are asked for again; None for what is new.
        rebuild_segments: Names of segments whose rules are applied although they do not update
            themselves.
        error: What stopped the run, once something has.
        refused_by: Names of the checks that refused it.
        refusals: What those checks found.
        is_published: Whether its marts have become the published file.
        as_of: The day the run looks from, once everything has landed and it is known.
        rows_read: Landed rows it read.
    """

    run_id: str
    workspace: Workspace
    settings: Settings
    definitions: Definitions
    started_at: datetime
    full_refresh: bool = False
    fetch_everything: bool = False
    days: tuple[date, date] | None = None
    rebuild_segments: tuple[str, ...] = ()
    error: str | None = None
    refused_by: list[str] = field(default_factory=list)
    refusals: list[CheckResult] = field(default_factory=list)
    is_published: bool = False
    as_of: AsOf | None = None
    rows_read: int = 0

    @property
    def as_of_bound(self) -> AsOf:
        """The day after which nothing may have happened; `as_of` unless that is `latest`."""
        return resolve_as_of(self.settings.as_of, self.settings.timezone, self.started_at)

    @property
    def load_run(self) -> LoadRun:
        """What ingestion has to know of the run."""
        salt = os.environ.get(self.settings.privacy.salt_environment_variable)
        return LoadRun(
            run_id=self.run_id,
            started_at=self.started_at,
            future_limit=self.as_of_bound.future_limit,
            # Without a secret the hashes of two workspaces at least differ.
            salt=salt or self.settings.name,
            as_of_day=self.as_of_bound.day,
        )

    @contextmanager
    def step(self, name: str) -> Iterator[progress.Step]:
        """Report a step, and remember what stopped the run if this step does."""
        with progress.step(name) as current:
            try:
                yield current
            except GateRefusedError as refusal:
                self.error = str(refusal)
                raise
            except Exception as error:
                self.error = f"{name}: {error}"
                raise

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the build database, ready for loads."""
        with build_connection(self.workspace, self.settings) as connection:
            prepare(connection, self.load_run)
            yield connection
