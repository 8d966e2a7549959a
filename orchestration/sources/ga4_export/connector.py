"""When GA4's files are made into events, sessions and orders."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingestion.layouts import UnreadableFileError
from orchestration.ingestion.sql import path_literal
from orchestration.sources.connector import Fetch, SourceError
from orchestration.sources.exports.connector import Export, ExportConnector
from orchestration.sources.exports.engine import blaming_the_file
from orchestration.sources.exports.inputs import Place, fingerprint
from orchestration.sources.exports.ledger import Entry, Ledger
from orchestration.sources.exports.outputs import write_query
from orchestration.sources.ga4_export.events import LAID, flat_events
from orchestration.sources.ga4_export.export import export_relation
from orchestration.sources.ga4_export.orders import purchased_orders
from orchestration.sources.ga4_export.session_parts import session_parts
from orchestration.sources.ga4_export.sessions import whole_sessions
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings

NAME = "ga4_export"
EVENTS, SESSIONS, ORDERS = "web.events", "web.sessions", "commerce.orders"
TABLES = (EVENTS, SESSIONS, ORDERS)

# Raise when the rules of this connector change, so that every file is made again.
_VERSION = 1

# A session is whole if it lasts no longer than this; only bots' do.
_LONGEST_SESSION_US = 3 * 86_400 * 10**6

_INTRADAY = re.compile(r"events_intraday_(\d{8})")


class Ga4Export(ExportConnector):
    """Files of GA4's BigQuery export."""

    name = NAME
    possible_tables = TABLES

    def __init__(self, settings: Ga4ExportSettings, resources: ResourceSettings) -> None:
        super().__init__((Place(settings.path),), resources)
        self.settings = settings
        self.is_required = settings.required
        self.tables = TABLES if settings.orders else (EVENTS, SESSIONS)

    def signature(self, export: Export) -> str:
        """Digest of the rules and the settings they depend on."""
        return fingerprint([_VERSION, self.settings.model_dump(exclude={"path", "required"})])

    def exports(self, fetch: Fetch) -> list[Export]:
        """Every file, but a day's preliminary one where the day is final."""
        found = super().exports(fetch)
        final = {
            match[1]
            for export in found
            for match in re.finditer(r"events_(\d{8})", export.file.relative)
        }
        return [export for export in found if not _is_preliminary(export.file.relative, final)]

    def queries(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> Mapping[str, str]:
        """Events and orders; sessions are put together from several files."""
        flat = self._flat(connection, export, limit)
        return self._laid(f"({flat})")

    def make(
        self, connection: duckdb.DuckDBPyConnection, fetch: Fetch, export: Export
    ) -> dict[str, Any]:
        """Take a file apart once, and make events, orders and the parts of sessions of that."""
        work = _work_folder(fetch)
        work.mkdir(parents=True, exist_ok=True)
        flat_file = work / f"{export.name}.flat"
        flat_path = path_literal(flat_file)
        try:
            connection.execute(
                f"copy ({self._flat(connection, export, None)}) to {flat_path} "
                "(format parquet, compression lz4)"
            )
            write_query(
                connection,
                session_parts(flat_path),
                _parts_file(fetch, export.name),
                export.file,
            )
            laid = self._laid(f"read_parquet({flat_path})")
            rows = {
                table: write_query(
                    connection, query, self.output(fetch, table, export.name), export.file
                )
                for table, query in laid.items()
            }
            first_us, last_us = _span(connection, flat_path)
        finally:
            flat_file.unlink(missing_ok=True)
        kept = {table: count for table, count in rows.items() if count}
        return {"rows": kept, "first_us": first_us, "last_us": last_us, "is_due": True}

    def judged(self, ledger: Ledger, name: str, known: Entry | None, entry: Entry) -> Entry:
        """A file that replaces another changes sessions of the files around it too."""
        if known is not None and not entry.error:
            for other in (*_around(ledger, name, known), *_around(ledger, name, entry)):
                ledger.change(other, is_due=True)
        return entry

    def forget(self, ledger: Ledger, name: str) -> None:
        """A file that is gone takes its events out of the sessions around it."""
        gone = ledger.entries.pop(name)
        for other in _around(ledger, name, gone):
            ledger.change(other, is_due=True)

    def is_done(self, fetch: Fetch, entry: Entry, name: str) -> bool:
        """The parts of sessions are needed by other files."""
        has_parts = entry.first_us is None or _parts_file(fetch, name).exists()
        return has_parts and super().is_done(fetch, entry, name)

    def finish(
        self,
        connection: duckdb.DuckDBPyConnection,
        fetch: Fetch,
        ledger: Ledger,
        exports: list[Export],
    ) -> Mapping[str, int]:
        """Lay the sessions of every file that is new or changed, or beside one that did."""
        names = [export.name for export in exports]
        due = [name for name in names if name in ledger.entries and ledger.entries[name].is_due]
        due_parts = [_parts_file(fetch, name) for name in due]
        laid = 0
        for name in due:
            entry, own = ledger.entries[name], _parts_file(fetch, name)
            rows = {table: count for table, count in entry.rows.items() if table != SESSIONS}
            if own.exists():
                others = [_parts_file(fetch, other) for other in _around(ledger, name, entry)]
                query = whole_sessions(
                    own,
                    [path for path in others if path.exists()],
                    due_parts,
                    uses_last_click=self.settings.last_click,
                )
                count = _write_sessions(connection, query, self.output(fetch, SESSIONS, name))
                rows |= {SESSIONS: count} if count else {}
                laid += count
            ledger.change(name, rows=rows, is_due=False)
            ledger.write()
        _remove_others(fetch, ledger)
        return {SESSIONS: laid}

    def _flat(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> str:
        relation = export_relation(connection, export.file, limit)
        return flat_events(relation, self.settings.event_types)

    def _laid(self, flat: str) -> dict[str, str]:
        queries = {EVENTS: f"select {', '.join(LAID)} from {flat}"}
        if self.settings.orders:
            queries[ORDERS] = purchased_orders(flat)
        return queries


def _is_preliminary(relative: str, final: set[str]) -> bool:
    match = _INTRADAY.search(relative)
    return match is not None and match[1] in final


def _around(ledger: Ledger, name: str, entry: Entry) -> Iterator[str]:
    """The other files that may hold something of the sessions of one."""
    if entry.first_us is None or entry.last_us is None:
        return
    for other, found in list(ledger.entries.items()):
        if (
            other != name
            and found.first_us is not None
            and found.last_us is not None
            and found.first_us <= entry.last_us + _LONGEST_SESSION_US
            and found.last_us >= entry.first_us - _LONGEST_SESSION_US
        ):
            yield other


def _span(connection: duckdb.DuckDBPyConnection, flat_path: str) -> tuple[int | None, int | None]:
    row = connection.execute(
        f"select epoch_us(min(timestamp)), epoch_us(max(timestamp)) from read_parquet({flat_path})"
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)


def _write_sessions(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    try:
        with blaming_the_file():
            return write_query(connection, query, target)
    except UnreadableFileError as error:
        raise SourceError(
            f"what was kept of GA4's sessions cannot be read ({error}): remove the folder "
            f"warehouse/sources/{NAME} and the file {NAME}.json beside it to have it made again"
        ) from error


def _work_folder(fetch: Fetch) -> Path:
    return fetch.workspace.warehouse / "sources" / NAME


def _parts_file(fetch: Fetch, name: str) -> Path:
    return _work_folder(fetch) / f"{name}.sessions.parquet"


def _remove_others(fetch: Fetch, ledger: Ledger) -> None:
    """Remove parts of files that are gone, and what a killed run left."""
    kept = {_parts_file(fetch, name) for name in ledger.entries}
    for path in _work_folder(fetch).glob("*"):
        if path.is_file() and path not in kept:
            path.unlink()
