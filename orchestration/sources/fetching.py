"""One source of a run: fetched, or missed in a way that everybody sees."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from expectations.checks import CheckResult
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.runs.run import Run
from orchestration.sources.asking import asked
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


@dataclass(frozen=True)
class _Told:
    """What a connector says while it reads, without secrets.

    Attributes:
        secrets: What is taken out.
        tells: Who is told how far it is.
        warnings: What somebody should look at, as failed checks.
    """

    secrets: set[str]
    tells: tuple[Callable[[str], None], ...]
    warnings: list[CheckResult] = field(default_factory=list)

    def report(self, words: str) -> None:
        for tell in self.tells:
            tell(without_secrets(words, self.secrets))

    def warn(self, table: str, rows: int, what: str) -> None:
        told = without_secrets(what, self.secrets)
        self.report(f"{table}: {rows:,} rows with {told}")
        self.warnings.append(_odd(table, rows, told))


def fetch_source(
    run: Run,
    connector: Connector,
    *,
    is_last_try: bool = True,
    log: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Fetch a source, and go on without it where the settings allow.

    Args:
        run: The run at hand.
        connector: The source.
        is_last_try: Whether a source that cannot be read now will not be asked again.
        log: Told how far it is, beside whoever listens to the run's steps.

    Returns:
        Rows by table; none where it could not be read.

    Raises:
        SourceRefusedError: If it is required and refuses, or its connector is at fault.
        SourceError: If it cannot be read, and is required or will be asked again.
    """
    with run.step(f"Fetch {connector.name}") as step:
        told = _Told(secrets_of(run.settings, os.environ), (step.tell, log))
        fetch = replace(fetch_of(run), report=told.report, warn=told.warn)
        answer = asked(lambda: dict(connector.fetch(fetch)), told.secrets)
        rows = {} if isinstance(answer, SourceError) else answer
        checks = told.warnings
        if isinstance(answer, SourceError):
            step.note = f"not read: {answer}"
            is_over = is_last_try or isinstance(answer, SourceRefusedError)
            if connector.is_required or not is_over:
                raise answer
            checks = [*checks, *(_missed(table, answer) for table in connector.tables)]
        if checks:
            with run.database() as connection:
                keep_and_refuse(connection, run, checks)
        step.rows = sum(rows.values())
    return rows


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


def _odd(table: str, rows: int, what: str) -> CheckResult:
    return CheckResult(
        layer="landing",
        check_name="source_rows_are_sound",
        table_name=table,
        severity="warn",
        passed=False,
        observed=f"{rows:,} rows with {what}",
        expected="none",
        offending_count=rows,
        offending_rows=[],
        meaning="They land as the source has them; what is odd is kept beside them.",
    )
