"""A connector of exported files: what changed is made again, and nothing else is touched.

The order is such that a kill at any moment loses nothing: files are laid before the ledger says
so, and what is gone is removed after the ledger forgot it. A file that cannot be read takes no
rows away: what its last readable version brought stays, and a marker beside it is quarantined as
the unreadable file it is, until a readable version replaces it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion.files import LandingFile
from orchestration.ingestion.layouts import EmptyFileError, UnreadableFileError
from orchestration.ingestion.sql import identifier
from orchestration.sources.connector import Fetch, Probe, SourceError
from orchestration.sources.exports.engine import blaming_the_file, reading_connection
from orchestration.sources.exports.inputs import Place
from orchestration.sources.exports.ledger import Entry, Ledger
from orchestration.sources.exports.outputs import (
    lay_unreadable,
    output_file,
    sweep,
    unreadable_file,
    write_query,
)
from orchestration.workspace.settings import ResourceSettings

_PROBED_ROWS = 3

# Of the start of a file; its newest row is looked for only there.
_PROBED_DOCUMENTS = 1000


@dataclass(frozen=True)
class Export:
    """A file at one of the places of a connector.

    Attributes:
        place: Where it was found.
        file: What it was when it was listed.
    """

    place: Place
    file: LandingFile

    @property
    def name(self) -> str:
        """Name of what is made of it."""
        return self.place.name_of(self.file)


class ExportConnector(ABC):
    """What connectors of exported files have in common; see `Connector` for the attributes."""

    name: str
    tables: tuple[str, ...]
    is_required: bool
    # All that its settings may make it lay, so that what is not asked for any more is removed.
    possible_tables: tuple[str, ...]

    def __init__(self, places: tuple[Place, ...], resources: ResourceSettings) -> None:
        self.places, self.resources = places, resources

    @abstractmethod
    def signature(self, export: Export) -> str:
        """Digest of all that the rows of an export depend on besides the file."""

    @abstractmethod
    def queries(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> Mapping[str, str]:
        """Queries for the rows of an export, by raw table; of its start only, given a limit.

        Raises:
            UnreadableFileError: If the file is no such export.
            EmptyFileError: If it holds nothing.
        """

    def fetch(self, fetch: Fetch) -> Mapping[str, int]:
        """Make what changed; `first` and `last` mean nothing for files, which are at rest."""
        ledger = Ledger(fetch.workspace, self.name)
        exports = self.exports(fetch)
        self._forget_gone(ledger, exports)
        with self._connection(fetch) as connection:
            try:
                made = [self._make(connection, fetch, ledger, export) for export in exports]
            finally:
                ledger.write()
            made.append(self.finish(connection, fetch, ledger, exports))
        sweep(fetch.workspace, self.name, self._expected(fetch, ledger))
        return {table: sum(rows.get(table, 0) for rows in made) for table in self.tables}

    def probe(self, fetch: Fetch) -> list[Probe]:
        """Look at the start of the newest file."""
        export = self.exports(fetch)[-1]
        with self._connection(fetch) as connection:
            try:
                with blaming_the_file():
                    queries = self.queries(connection, export, _PROBED_DOCUMENTS)
                    return [self._probed(connection, *item) for item in queries.items()]
            except EmptyFileError:
                return []
            except UnreadableFileError as error:
                raise SourceError(f"{export.file.relative} cannot be read: {error}") from error

    def exports(self, fetch: Fetch) -> list[Export]:
        """Every export there is, oldest first."""
        found = [
            Export(place, file)
            for place in self.places
            for file in place.inputs(fetch.workspace.root)
        ]
        return sorted(found, key=lambda export: (export.file, export.name))

    def make(
        self, connection: duckdb.DuckDBPyConnection, fetch: Fetch, export: Export
    ) -> dict[str, Any]:
        """Lay the rows of one export and return what its entry has to say of them."""
        rows = {
            table: write_query(
                connection, query, self.output(fetch, table, export.name), export.file
            )
            for table, query in self.queries(connection, export, None).items()
        }
        return {"rows": {table: count for table, count in rows.items() if count}}

    def finish(
        self,
        connection: duckdb.DuckDBPyConnection,
        fetch: Fetch,
        ledger: Ledger,
        exports: list[Export],
    ) -> Mapping[str, int]:
        """Lay what depends on several exports, and return its rows by table."""
        return {}

    def forget(self, ledger: Ledger, name: str) -> None:
        """Take a file that is gone out of the ledger."""
        del ledger.entries[name]

    def is_done(self, fetch: Fetch, entry: Entry, name: str) -> bool:
        """Whether all that the entry speaks of is in place."""
        return all(self.output(fetch, table, name).exists() for table in entry.rows)

    def output(self, fetch: Fetch, table: str, name: str) -> Path:
        """Where rows of an export are laid."""
        return output_file(fetch.workspace, table, self.name, name)

    def _connection(self, fetch: Fetch) -> Any:  # noqa: ANN401 (a context of a connection)
        folders = [place.folder(fetch.workspace.root) for place in self.places]
        return reading_connection(fetch.workspace, self.resources, folders)

    def _forget_gone(self, ledger: Ledger, exports: list[Export]) -> None:
        present = {export.name for export in exports}
        gone = [name for name in ledger.entries if name not in present]
        for name in gone:
            self.forget(ledger, name)
        if gone:
            ledger.write()

    def _make(
        self, connection: duckdb.DuckDBPyConnection, fetch: Fetch, ledger: Ledger, export: Export
    ) -> Mapping[str, int]:
        """Make an export that changed and remember it; return its rows by table."""
        signature, file = self.signature(export), export.file
        known = ledger.entries.get(export.name)
        if (
            known
            and not fetch.everything
            and known.is_of(file, signature)
            and (known.error or self.is_done(fetch, known, export.name))
        ):
            return {}
        entry = Entry(file.size, file.mtime_ns, signature)
        fetch.report(f"{self.name}: {file.relative}")
        try:
            made = self._made(connection, fetch, export)
        except UnreadableFileError as error:
            fetch.report(f"{self.name}: {file.relative} cannot be read: {error}")
            marker = unreadable_file(fetch.workspace, self.tables[0], self.name, export.name)
            lay_unreadable(marker, f"{file.relative}: {error}")
            made = self._kept(known, str(error))
        entry = Entry(**{**vars(entry), **made})
        ledger.entries[export.name] = self.judged(ledger, export.name, known, entry)
        ledger.write_now_and_then()
        return {} if entry.error else entry.rows

    def judged(self, ledger: Ledger, name: str, known: Entry | None, entry: Entry) -> Entry:
        """Return a new entry as it has to be remembered, and change those it concerns."""
        return entry

    def _made(
        self, connection: duckdb.DuckDBPyConnection, fetch: Fetch, export: Export
    ) -> dict[str, Any]:
        try:
            with blaming_the_file():
                return self.make(connection, fetch, export)
        except EmptyFileError:
            return {}

    @staticmethod
    def _kept(known: Entry | None, error: str) -> dict[str, Any]:
        """What stays of an entry whose file cannot be read any more."""
        if known is None:
            return {"error": error}
        kept = ("rows", "first_us", "last_us", "is_due")
        return {"error": error, **{field: getattr(known, field) for field in kept}}

    def _expected(self, fetch: Fetch, ledger: Ledger) -> dict[str, list[Path]]:
        """The files that have to be there, by table."""
        expected: dict[str, list[Path]] = {table: [] for table in self.possible_tables}
        for name, entry in ledger.entries.items():
            for table in entry.rows:
                expected[table].append(self.output(fetch, table, name))
            if entry.error:
                expected[self.tables[0]].append(
                    unreadable_file(fetch.workspace, self.tables[0], self.name, name)
                )
        return expected

    @staticmethod
    def _probed(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> Probe:
        from orchestration.ingestion.contract import table_named  # noqa: PLC0415

        result = connection.execute(f"select * from ({query}) limit {_PROBED_ROWS}")
        names = [column[0] for column in result.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        happened_at = table_named(table).happened_at
        if happened_at not in names:
            return Probe(table, tuple(rows), None)
        newest = connection.execute(
            f"select cast(max(try_cast(cast({identifier(happened_at)} as varchar) as timestamptz)) "
            f"as timestamp) from ({query})"
        ).fetchone()
        return Probe(table, tuple(rows), newest[0] if newest else None)
