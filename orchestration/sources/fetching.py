"""One source of a run: fetched, or missed in a way that everybody sees."""

import os
import traceback
from pathlib import Path

from expectations.checks import CheckResult
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.runs.run import Run
from orchestration.sources.connector import Connector, Fetch, SourceError, SourceRefusedError
from orchestration.sources.secrets import secrets_of, without_secrets


def fetch_of(run: Run) -> Fetch:
    """What a connector is given in a run."""
    return Fetch(
        workspace=run.workspace,
        today=run.as_of_bound.day,
        timezone=run.settings.timezone,
        started_at=run.started_at,
        first=run.days[0] if run.days else None,
        last=run.days[1] if run.days else None,
        everything=run.fetch_everything,
        environment=os.environ,
    )


def fetch_source(run: Run, connector: Connector, *, is_last_try: bool = True) -> dict[str, int]:
    """Fetch a source, and go on without it where the settings allow.

    Args:
        run: The run at hand.
        connector: The source.
        is_last_try: Whether a source that cannot be read now will not be asked again.

    Returns:
        Rows by table; none where it could not be read.

    Raises:
        SourceRefusedError: If it is required and refuses, or its connector is at fault.
        SourceError: If it cannot be read, and is required or will be asked again.
    """
    with run.step(f"Fetch {connector.name}") as step:
        rows, failure = _read(run, connector)
        if failure is not None:
            step.note = f"not read: {failure}"
            is_over = is_last_try or isinstance(failure, SourceRefusedError)
            if connector.is_required or not is_over:
                raise failure
            _tell(run, connector, failure)
        step.rows = sum(rows.values())
    return rows


def _read(run: Run, connector: Connector) -> tuple[dict[str, int], SourceError | None]:
    """Fetch, or return a failure of its own: what caused it may hold secrets, and is not told."""
    secrets = secrets_of(run.settings, os.environ)
    try:
        return dict(connector.fetch(fetch_of(run))), None
    except SourceRefusedError as refusal:
        return {}, SourceRefusedError(without_secrets(str(refusal), secrets))
    except SourceError as failure:
        return {}, SourceError(without_secrets(str(failure), secrets))
    except Exception as fault:
        # A fault of the connector: it would happen again.
        return {}, SourceRefusedError(without_secrets(_described(fault), secrets))


def _described(fault: Exception) -> str:
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{Path(frame.filename).name}, line {frame.lineno}"
    return f"unexpected {type(fault).__name__}: {fault} ({place})"


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
