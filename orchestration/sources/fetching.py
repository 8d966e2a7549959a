"""One source of a run: fetched, or missed in a way that everybody sees."""

import os

from expectations.checks import CheckResult
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.runs.run import Run
from orchestration.sources.connector import Connector, Fetch, SourceError


def fetch_of(run: Run) -> Fetch:
    """What a connector is given in a run."""
    return Fetch(
        workspace=run.workspace,
        today=run.as_of_bound.day,
        timezone=run.settings.timezone,
        started_at=run.started_at,
        everything=run.full_refresh,
        environment=os.environ,
    )


def fetch_source(run: Run, connector: Connector) -> dict[str, int]:
    """Fetch a source, and go on without it where the settings allow.

    Returns:
        Rows by table; none where it could not be read.

    Raises:
        SourceError: If it cannot be read and is required.
    """
    with run.step(f"Fetch {connector.name}") as step:
        try:
            rows = dict(connector.fetch(fetch_of(run)))
        except SourceError as failure:
            if connector.is_required:
                raise
            step.note = f"not read: {failure}"
            _tell(run, connector, failure)
            return {}
        step.rows = sum(rows.values())
    return rows


def _tell(run: Run, connector: Connector, failure: SourceError) -> None:
    """Keep a failed check of every table that the source would have brought."""
    with run.database() as connection:
        keep_and_refuse(connection, run, [_missed(table, failure) for table in connector.tables])


def _missed(table: str, failure: SourceError) -> CheckResult:
    return CheckResult(
        layer="landing",
        check_name="source_was_read",
        table_name=table,
        severity="warn",
        passed=False,
        observed=str(failure),
        expected="what is new since the last run",
        offending_count=None,
        offending_rows=[],
        meaning="The figures of this table end where the last run that read its source ended.",
    )
