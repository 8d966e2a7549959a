"""A connection to a PostgreSQL: one read-only snapshot, read as Arrow.

ADBC reads through `copy ... to stdout (format binary)` as a stream, so memory holds a batch
whatever a table holds. All that is read over a connection is of one moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import pyarrow as pa

from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.postgres.faults import fault
from orchestration.sources.secrets import secret

_SCHEMES = ("postgresql", "postgres")
_WHAT = "the database's URL, such as postgresql://user:password@host:5432/database"
_CONNECT_TIMEOUT_SECONDS = 15
_BATCH_BYTES = str(8 * 2**20)

# Compiling a query of many joins takes longer than it saves; sorting on disk takes longer too.
_SESSION = ("time zone 'UTC'", "jit = off", "work_mem = '64MB'")

# What the driver and its Arrow streams raise.
_ERRORS = (adbc_driver_manager.Error, OSError, pa.ArrowException)


class Database:
    """A connection that is open; `database` makes one."""

    def __init__(self, connection: Any, variable: str, secrets: tuple[str, ...]) -> None:  # noqa: ANN401
        self._connection = connection
        self._variable = variable
        self._secrets = secrets

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Run a query of few rows."""
        return [row for table in self.tables(query, 1_000_000) for row in table.to_pylist()]

    def tables(self, query: str, batch_rows: int) -> Iterator[pa.Table]:
        """Run a query and yield its rows in order, `batch_rows` at a time.

        Raises:
            SourceError: If it cannot be run, or the connection breaks on the way.
        """
        with self._faults(), self._connection.cursor() as cursor:
            cursor.adbc_statement.set_options(
                **{"adbc.postgresql.batch_size_hint_bytes": _BATCH_BYTES}
            )
            cursor.execute(query)
            reader = cursor.fetch_record_batch()
            # The driver describes columns in the schema's metadata, which is of no use in files.
            schema = pa.schema([pa.field(field.name, field.type) for field in reader.schema])
            yield from _regrouped(reader, schema, batch_rows)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except _ERRORS as error:
            raise fault(error, self._variable, self._secrets) from None


@contextmanager
def database(environment: Mapping[str, str], variable: str) -> Iterator[Database]:
    """Connect to the database of an environment variable's URL, and close it after.

    Raises:
        SourceRefusedError: If there is no such URL, or the server will not let us in.
        SourceError: If the server does not answer.
    """
    url = secret(environment, variable, _WHAT)
    secrets = _secrets_of(url, variable)
    try:
        connection = adbc_driver_postgresql.dbapi.connect(_with_timeout(url))
    except _ERRORS as error:
        # Not chained: the driver's error may hold the address.
        raise fault(error, variable, secrets) from None
    try:
        opened = Database(connection, variable, secrets)
        with opened._faults(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            for setting in _SESSION:
                cursor.execute(f"set local {setting}")
        yield opened
    finally:
        connection.close()


def _secrets_of(url: str, variable: str) -> tuple[str, ...]:
    """What of a URL must not be told: all of it, and the password as written and as meant."""
    try:
        parts = urlsplit(url)
        password = parts.password or dict(parse_qsl(parts.query)).get("password") or ""
    except ValueError:
        parts, password = None, ""
    if parts is None or parts.scheme not in _SCHEMES:
        raise SourceRefusedError(f"the environment variable {variable} has to hold {_WHAT}")
    return (url, password, unquote(password))


def _with_timeout(url: str) -> str:
    if "connect_timeout=" in url:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}connect_timeout={_CONNECT_TIMEOUT_SECONDS}"


def _regrouped(reader: pa.RecordBatchReader, schema: pa.Schema, rows: int) -> Iterator[pa.Table]:
    """Yield tables of exactly `rows` rows, and a last one of what is left."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in reader:
        start = 0
        while start < batch.num_rows:
            part = batch.slice(start, rows - count)
            waiting.append(pa.RecordBatch.from_arrays(part.columns, schema=schema))
            start, count = start + part.num_rows, count + part.num_rows
            if count == rows:
                yield pa.Table.from_batches(waiting, schema)
                waiting, count = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting, schema)
