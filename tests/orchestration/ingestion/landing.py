"""A landing folder and what has been loaded from it, for tests to write to and ask."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import duckdb

from orchestration.ingestion.contract import Table
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadCounts, LoadRun, prepare

_OPENED_AT_NS = 1_700_000_000 * 10**9


@dataclass
class Landing:
    """One table's folder, and what has been loaded from it."""

    connection: duckdb.DuckDBPyConnection
    table: Table
    folder: Path
    future_limit: datetime = datetime(2026, 6, 1, 0, 5)
    last: LoadCounts = field(default_factory=LoadCounts)
    _runs: Iterator[int] = field(default_factory=count)
    _clock: Iterator[int] = field(default_factory=count)

    def put(self, name: str, content: str | bytes, *, age: int | None = None) -> Path:
        """Write a file; each is a minute newer than the one before, unless `age` says when."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.touch(path, age)

    def put_query(self, name: str, query: str, options: str = "") -> Path:
        """Write what a query returns, as DuckDB writes that format."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection.execute(f"copy ({query}) to '{path}' ({options or 'format parquet'})")
        return self.touch(path)

    def touch(self, path: Path, age: int | None = None) -> Path:
        minute = next(self._clock) if age is None else age
        moment = _OPENED_AT_NS + minute * 60 * 10**9
        os.utime(path, ns=(moment, moment))
        return path

    def load(self, *, reload: bool = False) -> LoadCounts:
        run = LoadRun(f"run_{next(self._runs)}", datetime.now(UTC), self.future_limit, "salt")
        prepare(self.connection, run)
        self.last = load_table(self.connection, self.table, self.folder, run, reload=reload)
        counted = self.last.rows_accepted + self.last.rows_duplicate + self.last.rows_quarantined
        assert self.last.rows_read == counted
        return self.last

    def rows(self, columns: str = "*") -> list[tuple[object, ...]]:
        """The raw table's rows, in the order of their keys."""
        key = ", ".join(f'"{name}"' for name in self.table.key)
        return self.query(f"select {columns} from {self.table.relation} order by {key}")

    def column(self, name: str) -> list[object]:
        return [row[0] for row in self.rows(f'"{name}"')]

    def quarantine(
        self, columns: str = "reason, source_file, source_row"
    ) -> list[tuple[object, ...]]:
        return self.query(
            f"select {columns} from ingest.quarantine where source_table = "
            f"'{self.table.full_name}' order by source_file, source_row, reason, original"
        )

    def reasons(self) -> list[object]:
        return [row[0] for row in self.quarantine("reason")]

    def snapshot(self) -> tuple[object, ...]:
        """All that must not depend on how files were spread over loads."""
        return (
            self.query(f"select * exclude (_file_index) from {self.table.relation} order by all"),
            self.query(
                "select reason, source_file, source_row, original from ingest.quarantine "
                f"where source_table = '{self.table.full_name}' order by all"
            ),
        )

    def query(self, query: str) -> list[tuple[object, ...]]:
        return self.connection.execute(query).fetchall()

    def elsewhere(self) -> "Landing":
        """The same folder, about to be loaded into another, empty database."""
        return Landing(duckdb.connect(), self.table, self.folder, self.future_limit)


LandingOf = Callable[[str], Landing]
