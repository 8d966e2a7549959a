"""What ingestion remembers between runs, in the build database.

`ingest.files` knows every file that was read, `ingest.quarantine` every refused row, and
`health.load_log` what each run did to each table. All three change in the transaction that
changes the raw table, so a killed run leaves them agreeing.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import duckdb

from orchestration.as_of import CLOCK_TOLERANCE
from orchestration.ingestion.contract import SQL_TYPES, Kind, Table

# Raise this when a load rule changes, so that every table is read again.
_LOADER_VERSION = 3

_SCHEMA = """
create schema if not exists ingest;
create schema if not exists health;
create table if not exists ingest.tables (source_table varchar, signature varchar);
create table if not exists ingest.files (
    source_table varchar, file_index integer, relative varchar, size bigint, mtime_ns bigint,
    ctime_ns bigint, status varchar, rows_read bigint, latest_at timestamp,
    earliest_future_at timestamp, run_id varchar
);
create table if not exists ingest.quarantine (
    run_id varchar, source_table varchar, reason varchar, source_file varchar,
    source_row bigint, original varchar
);
create table if not exists health.load_log (
    run_id varchar, source_table varchar, rows_read bigint, rows_accepted bigint,
    rows_duplicate bigint, rows_quarantined bigint, rows_late bigint, loaded_at timestamp
);
"""


@dataclass(frozen=True)
class LoadRun:
    """What a run tells every load.

    Attributes:
        run_id: Identifies the run in the logs.
        started_at: When the run started (UTC); written to the load log, never computed with.
        future_limit: The last moment an event may have happened (UTC): five minutes past the
            end of the run's `as_of` day.
        salt: Mixed into the hashes of contact fields.
        as_of_day: The run's `as_of` day, which is the last that a daily figure may be of; the
            day (UTC) of `future_limit` unless given.
    """

    run_id: str
    started_at: datetime
    future_limit: datetime
    salt: str
    as_of_day: date | None = None

    @property
    def last_day(self) -> date:
        """The last day that a daily figure may be of."""
        return self.as_of_day or (self.future_limit_utc - CLOCK_TOLERANCE).date()

    def limit_of(self, table: Table) -> datetime:
        """Return the last moment a row of the table may be of, in UTC without a timezone."""
        if table.happened_at and table.columns[table.happened_at] is Kind.DATE:
            return datetime.combine(self.last_day, time.min)
        return self.future_limit_utc

    @property
    def future_limit_utc(self) -> datetime:
        """`future_limit` as the database returns timestamps: in UTC, without saying so."""
        if self.future_limit.tzinfo is None:
            return self.future_limit
        return self.future_limit.astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class LoadCounts:
    """What a load did to one table; read = accepted + duplicate + quarantined."""

    rows_read: int = 0
    rows_accepted: int = 0
    rows_duplicate: int = 0
    rows_quarantined: int = 0
    rows_late: int = 0


@dataclass(frozen=True)
class KnownFile:
    """A file as it was read by an earlier run."""

    file_index: int
    identity: tuple[str, int, int, int]
    latest_at: datetime | None
    earliest_future_at: datetime | None


def prepare(connection: duckdb.DuckDBPyConnection, run: LoadRun) -> None:
    """Create the state tables where they are missing and tell the session about the run."""
    connection.execute("set TimeZone = 'UTC'")
    # Rows are numbered, and the last of equal ones wins, by their order in the file.
    connection.execute("set preserve_insertion_order = true")
    connection.execute(_SCHEMA)
    connection.execute("set variable future_limit = cast($1 as timestamp)", [run.future_limit_utc])
    connection.execute("set variable last_day = cast($1 as date)", [run.last_day])
    connection.execute("set variable salt = $1", [run.salt])


def signature(table: Table, run: LoadRun) -> str:
    """Return a digest of all that a table's rows depend on, other than the files."""
    parts = (str(_LOADER_VERSION), repr(table), hashlib.sha256(run.salt.encode()).hexdigest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def has_table(connection: duckdb.DuckDBPyConnection, table: Table, run: LoadRun) -> bool:
    """Whether the table exists, last loaded under the same contract, rules and salt."""
    query = """
        select 1 from ingest.tables, duckdb_tables() as present
        where source_table = $1 and signature = $2
            and (database_name, schema_name, table_name) = (current_database(), $3, $4)
    """
    parameters = [table.full_name, signature(table, run), f"raw_{table.source}", table.name]
    return connection.execute(query, parameters).fetchone() is not None


def known_files(connection: duckdb.DuckDBPyConnection, table: Table) -> list[KnownFile]:
    """Return the files the table was loaded from, oldest first."""
    rows = connection.execute(
        "select file_index, relative, size, mtime_ns, ctime_ns, latest_at, earliest_future_at "
        "from ingest.files where source_table = ? order by file_index",
        [table.full_name],
    ).fetchall()
    return [KnownFile(row[0], tuple(row[1:5]), row[5], row[6]) for row in rows]


def contact_columns(table: Table) -> list[str]:
    """Return the columns of which the raw table also keeps a salted hash."""
    return [name for name, kind in table.columns.items() if kind in (Kind.EMAIL, Kind.PHONE)]


def column_definitions(table: Table) -> str:
    """Return the columns of a raw table, for `create table`."""
    return ", ".join(
        [
            *(f'"{name}" {SQL_TYPES[kind]}' for name, kind in table.columns.items()),
            *(f'"{name}_hash" varchar' for name in contact_columns(table)),
            "_extra json",
            "is_late boolean",
            "_file_index integer",
        ]
    )
