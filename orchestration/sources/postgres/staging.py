"""Files of one fetch, put in their place together when the last of them is whole."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.sources.landed_files import folder, replace_if_new
from orchestration.workspace.paths import Workspace

# Hidden: the loader passes over it.
_STAGING = ".unfinished"


class Staging:
    """Where files wait."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._waiting = target / _STAGING

    def add(self, name: str, rows: pa.Table) -> None:
        """Write a file that is not to be seen yet."""
        pq.write_table(rows, self._waiting / f"{name}.parquet", compression="zstd")

    def publish(self, is_replaced: Callable[[str], bool]) -> None:
        """Put the files in their place, then remove those they replace.

        Args:
            is_replaced: Whether a file of that name (without its ending) is of the rows that
                were read, and gone where it is not among the new ones.
        """
        names = {path.name for path in self._waiting.iterdir()}
        for name in sorted(names):
            replace_if_new(self._waiting / name, self._target / name)
        for path in sorted(self._target.glob("*.parquet")):
            if path.name not in names and is_replaced(path.stem):
                path.unlink()


@contextmanager
def staging(workspace: Workspace, table: str, connector: str) -> Iterator[Staging]:
    """Make room for files; what was not published is gone in the end."""
    target = folder(workspace, table, connector)
    waiting = target / _STAGING
    # What a killed run left.
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True)
    try:
        yield Staging(target)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
