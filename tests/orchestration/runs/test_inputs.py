"""The digest of a run's inputs moves with each of them, and with nothing else."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.runs.inputs import inputs_digest
from orchestration.runs.run import Run
from orchestration.workspace.definitions import load_definitions
from orchestration.workspace.init import initialise
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    initialise(tmp_path, "digested")
    orders = tmp_path / "landing" / "commerce" / "orders"
    orders.mkdir(parents=True, exist_ok=True)
    (orders / "orders.csv").write_text("id,total\n1,2\n")
    return Workspace(tmp_path)


def digest(workspace: Workspace, run_id: str = "one", started: int = 1) -> str:
    settings = load_settings(workspace)
    definitions = load_definitions(workspace, settings)
    started_at = datetime(2026, 1, started, 12)
    return inputs_digest(Run(run_id, workspace, settings, definitions, started_at))


def edit(file: str, old: str, new: str) -> Callable[[Workspace], None]:
    def apply(workspace: Workspace) -> None:
        path = workspace.root / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return apply


def add_file(name: str) -> Callable[[Workspace], None]:
    def apply(workspace: Workspace) -> None:
        path = workspace.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("id,total\n2,3\n")

    return apply


def touch(workspace: Workspace) -> None:
    os.utime(workspace.landing / "commerce" / "orders" / "orders.csv", (1, 1))


def rename(workspace: Workspace) -> None:
    path = workspace.landing / "commerce" / "orders" / "orders.csv"
    path.rename(path.with_name("renamed.csv"))


def remove(workspace: Workspace) -> None:
    (workspace.landing / "commerce" / "orders" / "orders.csv").unlink()


@pytest.mark.parametrize(
    "change",
    [
        edit("adplan.yaml", "timezone: UTC", "timezone: Asia/Tokyo"),
        edit("adplan.yaml", "currency: USD", "currency: EUR"),
        edit("adplan.yaml", "lookback_days: 30", "lookback_days: 31"),
        edit("adplan.yaml", "as_of: today", "as_of: 2025-12-01"),
        edit("definitions/goals.yaml", "value: 5", "value: 6"),
        edit("definitions/channels.csv", "channel,", "#\nchannel,"),
        add_file("commerce/orders/more.csv"),
        add_file("web/events/date=2026-01-01/events.csv"),
        touch,
        rename,
        remove,
    ],
    ids=lambda change: getattr(change, "__qualname__", "").split(".")[0],
)
def test_a_changed_input_changes_the_digest(
    workspace: Workspace, change: Callable[[Workspace], None]
):
    before = digest(workspace)
    assert digest(workspace) == before
    change(workspace)
    assert digest(workspace) != before


@pytest.mark.parametrize(
    "change",
    [
        edit("adplan.yaml", "# Settings", "# My settings"),
        add_file("commerce/orders/export.csv.tmp"),
        add_file("commerce/orders/.hidden.csv"),
        add_file("README.md"),
        add_file("no_such/table/file.csv"),
    ],
    ids=["comment", "half-written file", "hidden file", "read-me", "unknown table"],
)
def test_what_no_table_depends_on_leaves_the_digest_alone(
    workspace: Workspace, change: Callable[[Workspace], None]
):
    before = digest(workspace)
    change(workspace)
    assert digest(workspace) == before


def test_the_digest_is_of_the_day_and_not_of_the_run(workspace: Workspace):
    assert digest(workspace, "one", 1) == digest(workspace, "two", 1)
    assert digest(workspace, "one", 1) != digest(workspace, "one", 2)


def test_the_salt_of_contact_fields_is_an_input(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    before = digest(workspace)
    monkeypatch.setenv("ADPLAN_SALT", "pepper")
    salted = digest(workspace)
    assert salted != before
    assert "pepper" not in salted
