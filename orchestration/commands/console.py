"""What the terminal shows: progress, tables, JSON, and errors people can act on."""

import functools
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.progress import Step
from orchestration.workspace.errors import WorkspaceError

out = Console()
errors = Console(stderr=True)

USAGE = 2

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class UsageError(Exception):
    """The command was asked for something that cannot be; the message says what can."""


def guarded(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn the errors a user can mend into a message and exit code 2."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except (WorkspaceError, UsageError) as error:
            errors.print(Text.assemble(("error", "bold red"), f" {error}"), soft_wrap=True)
            raise typer.Exit(USAGE) from error

    return run


class StepPrinter:
    """Prints each step of a run: a spinner while it runs, one line when it is done."""

    def __init__(self) -> None:
        self._status = errors.status("") if errors.is_terminal else None

    def started(self, step: Step) -> None:
        """Show what is running."""
        if self._status is not None:
            self._status.update(Text(f"{step.name} ..."))
            self._status.start()

    def told(self, step: Step, words: str) -> None:
        """Show how far the step is."""
        if self._status is not None:
            self._status.update(Text(f"{step.name}: {words} ..."))

    def ended(self, step: Step) -> None:
        """Print what was done, with rows and seconds."""
        if self._status is not None:
            self._status.stop()
        # Most tables are untouched on most days; a line for each would hide the others.
        if step.name.startswith("Ingest") and not step.rows:
            return
        rows = "" if step.rows is None else f"{step.rows:,} rows"
        note = f"  {step.note}" if step.note else ""
        errors.print(
            Text(f"{step.name:<42} {rows:>18} {step.seconds:>7.1f} s{note}"),
            soft_wrap=True,
        )


def print_json(value: object) -> None:
    """Print a value as JSON on standard output."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table; text from data is shown as it is, never as markup."""
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    out.print(table)


def plain(value: object) -> object:
    """Return what JSON can hold of a value: decimals as numbers, times in ISO 8601.

    Example:
        >>> plain({date(2026, 2, 3): [Decimal("1.50"), float("nan"), None, True]})
        {'2026-02-03': [1.5, None, None, True]}
    """
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)
