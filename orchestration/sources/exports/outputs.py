"""Files of the raw contract, written by a query into the landing folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from orchestration.ingestion.files import UNREADABLE_SUFFIX, LandingFile
from orchestration.ingestion.layouts import UnreadableFileError
from orchestration.ingestion.sql import text_literal
from orchestration.sources.landed_files import folder, replace_if_new
from orchestration.whole_files import unfinished
from orchestration.workspace.paths import Workspace


def write_query(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    target: Path,
    source: LandingFile | None = None,
) -> int:
    """Write what a query returns as Parquet, whole or not at all; return its rows.

    A query without rows leaves no file.

    Args:
        connection: What runs it.
        query: What to write.
        target: Where to.
        source: The exported file it reads, if it reads one.

    Returns:
        The number of rows.

    Raises:
        UnreadableFileError: If the exported file changed meanwhile.
    """
    with unfinished(target) as file:
        copied = connection.execute(
            f"copy ({query}) to {text_literal(str(file))} (format parquet, compression zstd)"
        ).fetchone()
        rows = int(copied[0]) if copied else 0
        if source is not None and not source.is_unchanged():
            raise UnreadableFileError("it changed while it was read: the next run reads it again")
        if rows:
            replace_if_new(file, target)
        else:
            target.unlink(missing_ok=True)
    return rows


def output_file(workspace: Workspace, table: str, connector: str, name: str) -> Path:
    """Where the rows of a table that come from one exported file are laid."""
    return folder(workspace, table, connector) / f"{name}.parquet"


def unreadable_file(workspace: Workspace, table: str, connector: str, name: str) -> Path:
    """Where it is laid that an exported file cannot be read."""
    return folder(workspace, table, connector) / f"{name}{UNREADABLE_SUFFIX}"


def lay_unreadable(target: Path, reason: str) -> None:
    """Say in the landing folder that a file cannot be read: loading quarantines it as a whole."""
    if target.exists() and target.read_text(encoding="utf-8") == reason:
        return
    with unfinished(target) as file:
        file.write_text(reason, encoding="utf-8")
        file.replace(target)


def sweep(
    workspace: Workspace, connector: str, expected: Mapping[str, Iterable[Path]]
) -> list[Path]:
    """Remove what a connector laid of files that are gone, or left behind when it was killed.

    Args:
        workspace: Whose landing folder it is.
        connector: Whose files; it alone writes into its folders.
        expected: Files to keep, by table.

    Returns:
        The files removed.
    """
    removed = []
    for table, files in expected.items():
        kept = set(files)
        for path in sorted(folder(workspace, table, connector).glob("*")):
            if path.is_file() and path not in kept:
                path.unlink()
                removed.append(path)
    return removed
