"""The lock of a workspace: held by one, freed when its holder dies, however it dies."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.runs.lock import WorkspaceLockedError, workspace_lock
from orchestration.workspace.paths import Workspace

HOLD = """
import sys, time
from pathlib import Path
from orchestration.runs.lock import workspace_lock
from orchestration.workspace.paths import Workspace

workspace = Workspace(Path(sys.argv[1]))
with workspace_lock(workspace, "run-of-the-dead", patience_seconds=0, on_wait=print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@pytest.fixture
def holder(workspace: Workspace) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace.root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_who_asks_for_a_held_workspace_is_told_who_holds_it(
    workspace: Workspace, holder: "subprocess.Popen[str]"
):
    told: list[str] = []
    with (
        pytest.raises(WorkspaceLockedError, match=rf"run run-of-the-dead \(process {holder.pid} "),
        workspace_lock(workspace, "mine", patience_seconds=0.5, on_wait=told.append),
    ):
        pass
    holder.kill()
    holder.wait()
    assert len(told) == 1
    assert f"process {holder.pid}" in told[0]


def test_the_lock_dies_with_its_holder(workspace: Workspace, holder: "subprocess.Popen[str]"):
    holder.kill()
    holder.wait()
    told: list[str] = []
    with workspace_lock(workspace, "mine", patience_seconds=0, on_wait=told.append):
        pass
    assert told == []


def test_the_lock_is_free_after_an_error(workspace: Workspace):
    with (
        pytest.raises(ZeroDivisionError),
        workspace_lock(workspace, "broken", patience_seconds=0, on_wait=print),
    ):
        raise ZeroDivisionError
    with workspace_lock(workspace, "next", patience_seconds=0, on_wait=print):
        pass
    assert [path.name for path in workspace.warehouse.iterdir()] == [".lock"]


def test_a_holder_that_has_not_said_who_it_is_still_holds(
    workspace: Workspace, holder: "subprocess.Popen[str]"
):
    (workspace.warehouse / ".lock.holder").write_text('{"run":')
    with (
        pytest.raises(WorkspaceLockedError, match="by another process"),
        workspace_lock(workspace, "mine", patience_seconds=0, on_wait=print),
    ):
        pass
    holder.kill()
    holder.wait()
