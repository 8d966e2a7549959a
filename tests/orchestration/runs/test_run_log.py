"""The log of runs keeps every run and survives what runs do not."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.runs import run_log
from orchestration.workspace.paths import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def record(run_id: str, **fields: object) -> dict[str, object]:
    return {
        "run_id": run_id,
        "outcome": "published",
        "as_of": date(2026, 1, 2),
        "started_at": datetime(2026, 1, 3, 4, 5, 6),
        "seconds": 7.5,
        "rows_read": 8,
        "error": None,
        "refused_by": [],
        "inputs": "abc",
        "adplan_version": "0.1.0",
        **fields,
    }


def test_a_workspace_that_never_ran_has_no_runs(workspace: Workspace):
    assert run_log.records(workspace) == []


def test_the_newest_run_comes_first(workspace: Workspace):
    for number in range(5):
        run_log.append(workspace, record(str(number)))
    assert [run["run_id"] for run in run_log.records(workspace, most=3)] == ["4", "3", "2"]


def test_past_runs_are_those_before_by_the_day_they_were_for(workspace: Workspace):
    run_log.append(workspace, record("first"))
    run_log.append(workspace, record("early", outcome="failed", as_of=None))
    run_log.append(workspace, record("now"))
    assert run_log.past_runs(workspace, "now") == [
        {"run_id": "first", "outcome": "published", "run_date": "2026-01-02"},
        {"run_id": "early", "outcome": "failed", "run_date": "2026-01-03"},
    ]


def test_a_line_cut_short_by_a_kill_is_passed_over(workspace: Workspace):
    run_log.append(workspace, record("whole"))
    run_log.append(workspace, record("cut", error="żółw 🐢 " * 20))
    content = workspace.run_log.read_bytes()
    first_line = content.index(b"\n") + 1
    for end in range(first_line, len(content) - 1):
        workspace.run_log.write_bytes(content[:end])
        assert [run["run_id"] for run in run_log.records(workspace)] == ["whole"]


def test_the_run_after_a_cut_line_is_not_lost_with_it(workspace: Workspace):
    run_log.append(workspace, record("whole"))
    run_log.append(workspace, record("cut"))
    workspace.run_log.write_bytes(workspace.run_log.read_bytes()[:-30])
    run_log.append(workspace, record("next"))
    assert [run["run_id"] for run in run_log.records(workspace)] == ["next", "whole"]


def test_text_of_errors_is_kept_as_it_is(workspace: Workspace):
    error = "line one\nline 'two' {{ 1/0 }} \u2028 مرحبا"
    run_log.append(workspace, record("failed", error=error))
    assert [run["error"] for run in run_log.records(workspace)] == [error]


def test_the_table_of_runs_holds_the_log_and_the_run_at_hand(workspace: Workspace):
    run_log.append(workspace, record("refused", outcome="refused", refused_by=["a: b", "c: d"]))
    run_log.append(workspace, record("published"))
    with duckdb.connect() as connection:
        run_log.write_table(connection, workspace, record("at hand"))
        runs = connection.execute(
            "select run_id, outcome, as_of, started_at, refused_by from health.runs"
        ).fetchall()
    day, moment = date(2026, 1, 2), datetime(2026, 1, 3, 4, 5, 6)
    assert runs == [
        ("refused", "refused", day, moment, ["a: b", "c: d"]),
        ("published", "published", day, moment, []),
        ("at hand", "published", day, moment, []),
    ]


def test_a_file_name_that_is_not_utf8_can_be_told_of(workspace: Workspace):
    name = b"caf\xe9.csv".decode(errors="surrogateescape")
    error = f"cannot read {name}"
    run_log.append(workspace, record("failed", error=error))
    assert [run["error"] for run in run_log.records(workspace)] == [error]


def test_the_last_line_of_a_run_is_what_became_of_it(workspace: Workspace):
    run_log.append(workspace, record("1"))
    run_log.append(workspace, record("2", outcome="partial"))
    run_log.append(workspace, record("2", outcome="failed"))
    assert [run["outcome"] for run in run_log.records(workspace)] == ["failed", "published"]
