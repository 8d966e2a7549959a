"""What the terminal shows, and what JSON holds."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
import typer

from orchestration.commands.console import (
    StepPrinter,
    UsageError,
    guarded,
    plain,
    print_json,
    print_table,
)
from orchestration.progress import reporting_to, step
from orchestration.workspace.errors import WorkspaceError

MARKUP = "[red]x[/red] \\[y] [/] 'z'"


@pytest.mark.parametrize("error", [UsageError(MARKUP), WorkspaceError(MARKUP)])
def test_what_a_user_can_mend_is_said_without_a_traceback(
    error: Exception, capsys: pytest.CaptureFixture[str]
):
    @guarded
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as exit_:
        command()
    assert exit_.value.exit_code == 2
    assert capsys.readouterr().err == f"error {MARKUP}\n"


def test_what_nobody_expected_is_not_swallowed():
    @guarded
    def command() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        command()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.50"), 1.5),
        (float("nan"), None),
        (float("-inf"), None),
        (2**63, 2**63),
        (True, True),
        (None, None),
        (date(2026, 2, 3), "2026-02-03"),
        (datetime(2026, 2, 3, 4, 5, 6), "2026-02-03T04:05:06"),
        (time(1, 2, 3), "01:02:03"),
        (Path("a/b"), "a/b"),
        ((1, [Decimal(2), None]), [1, [2.0, None]]),
        ({1: {date(2026, 1, 1): float("nan")}}, {"1": {"2026-01-01": None}}),
    ],
)
def test_any_value_becomes_json(value: object, expected: object):
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_json_keeps_letters(capsys: pytest.CaptureFixture[str]):
    print_json({"żółw": "🐢 مرحبا"})
    written = capsys.readouterr().out
    assert "🐢 مرحبا" in written
    assert json.loads(written) == {"żółw": "🐢 مرحبا"}


def test_tables_show_text_as_it_is(capsys: pytest.CaptureFixture[str]):
    print_table("", [MARKUP], [[MARKUP], [None], [1234567], [0.5]])
    written = capsys.readouterr().out
    assert written.count(MARKUP) == 2
    assert "1,234,567" in written


def test_steps_are_told_but_for_tables_without_news(capsys: pytest.CaptureFixture[str]):
    with reporting_to(StepPrinter()):
        with step("Ingest commerce.orders") as read:
            read.rows, read.note = 1234, "5 quarantined"
        with step("Ingest commerce.refunds") as untouched:
            untouched.rows = 0
        with step(f"Build {MARKUP}"):
            pass
    orders, build = capsys.readouterr().err.splitlines()
    assert orders.split() == [
        "Ingest", "commerce.orders", "1,234", "rows", "0.0", "s", "5", "quarantined"
    ]  # fmt: skip
    assert MARKUP in build


def test_a_step_that_fails_is_told_too(capsys: pytest.CaptureFixture[str]):
    with reporting_to(StepPrinter()), pytest.raises(ZeroDivisionError), step("Divide"):
        raise ZeroDivisionError
    assert capsys.readouterr().err.startswith("Divide")
