"""One writer per workspace: a second refresh waits, and says for whom."""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from orchestration.workspace.paths import Workspace

_POLL_SECONDS = 0.2


class WorkspaceLockedError(Exception):
    """Another refresh of the workspace is running; the message says which."""


@contextmanager
def workspace_lock(
    workspace: Workspace,
    run_id: str,
    *,
    patience_seconds: float,
    on_wait: Callable[[str], None],
) -> Iterator[None]:
    """Hold the workspace for one run.

    The operating system frees the lock when its holder dies, however it dies.

    Args:
        workspace: Whose warehouse is about to be written.
        run_id: The run that asks.
        patience_seconds: How long to wait for another run; 0 to give up at once.
        on_wait: Called once with a description of the holder when there is a wait.

    Raises:
        WorkspaceLockedError: If another run still holds the workspace after that time.
    """
    workspace.warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(workspace.lock_file)
    _acquire(lock, workspace, patience_seconds, on_wait)
    holder = _holder_file(workspace)
    holder.write_text(json.dumps({"run": run_id, "pid": os.getpid(), "host": socket.gethostname()}))
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _acquire(
    lock: FileLock,
    workspace: Workspace,
    patience_seconds: float,
    on_wait: Callable[[str], None],
) -> None:
    deadline = time.monotonic() + patience_seconds
    has_told = False
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            holder = _describe_holder(workspace)
            if time.monotonic() >= deadline:
                raise WorkspaceLockedError(
                    f"{workspace.root} is being refreshed by {holder}; "
                    "try again when it is done, or give --wait SECONDS"
                ) from None
            if not has_told:
                on_wait(f"waiting for {holder}")
                has_told = True
            time.sleep(_POLL_SECONDS)
        else:
            return


def _holder_file(workspace: Workspace) -> Path:
    return workspace.lock_file.with_name(".lock.holder")


def _describe_holder(workspace: Workspace) -> str:
    try:
        holder = json.loads(_holder_file(workspace).read_text())
    except (OSError, ValueError):
        return "another process"
    return f"run {holder['run']} (process {holder['pid']} on {holder['host']})"
