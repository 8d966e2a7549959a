"""Files that a connector lays, and what it remembers between runs."""

import filecmp
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.whole_files import unfinished
from orchestration.workspace.paths import Workspace


def folder(workspace: Workspace, table: str, connector: str) -> Path:
    """Where a connector's files of a raw table are: beside those that people drop."""
    source, name = table.split(".")
    return workspace.landing / source / name / connector


def lay(workspace: Workspace, table: str, connector: str, name: str, rows: pa.Table) -> Path:
    """Write a file whole or not at all; one of the same content is left as it was.

    Args:
        workspace: Whose landing folder it is.
        table: Raw table, such as `commerce.orders`.
        connector: Who lays it.
        name: Of the file, without its ending; a file of that name is replaced. Files are named by
            what is in them (a day, a range of a cursor), so that fetching again replaces.
        rows: Columns of the raw contract; others end in `_extra`.

    Returns:
        The file.
    """
    target = folder(workspace, table, connector) / f"{name}.parquet"
    with unfinished(target) as file:
        pq.write_table(rows, file, compression="zstd")
        return replace_if_new(file, target)


def remove(workspace: Workspace, table: str, connector: str, name: str) -> None:
    """Take away a file laid before, where what it held is gone at the source."""
    (folder(workspace, table, connector) / f"{name}.parquet").unlink(missing_ok=True)


def replace_if_new(finished: Path, target: Path) -> Path:
    """Put a finished file in its place, unless the same is there already.

    A file that is not touched is not read again by the next load.
    """
    if not _is_same(finished, target):
        finished.replace(target)
    return target


def read_state(workspace: Workspace, connector: str) -> dict[str, Any]:
    """What the connector remembered; nothing on its first run, or after its file was removed."""
    file = _state_file(workspace, connector)
    if not file.exists():
        return {}
    state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return state


def write_state(workspace: Workspace, connector: str, state: Mapping[str, Any]) -> None:
    """Remember, whole or not at all; only what JSON holds, and never a secret."""
    file = _state_file(workspace, connector)
    with unfinished(file) as written:
        written.write_text(json.dumps(state, indent=1, sort_keys=True), encoding="utf-8")
        written.replace(file)


def _state_file(workspace: Workspace, connector: str) -> Path:
    return workspace.warehouse / "sources" / f"{connector}.json"


def _is_same(one: Path, other: Path) -> bool:
    return (
        other.exists()
        and one.stat().st_size == other.stat().st_size
        and filecmp.cmp(one, other, shallow=False)
    )
