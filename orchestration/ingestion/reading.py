"""Writing the rows of a batch of files into its incoming table, and blaming files that fail."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.ingestion.batch import Batch
from orchestration.ingestion.contract import Table
from orchestration.ingestion.files import LandingFile
from orchestration.ingestion.layouts import (
    EmptyFileError,
    Layout,
    UnreadableFileError,
    first_line,
    layout_of,
    opened,
)
from orchestration.ingestion.parsing import parsed
from orchestration.ingestion.readers import (
    Group,
    Reading,
    group_of,
    hides_file_index,
    plain_relation,
)
from orchestration.ingestion.rules import refusal_reason, typed_name
from orchestration.ingestion.sql import list_literal
from orchestration.ingestion.state import column_definitions, contact_columns

# What DuckDB raises over a file's bytes, when it is only asked to read them.
_UNREADABLE = (
    duckdb.InvalidInputException,
    duckdb.IOException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
    duckdb.SerializationException,
)

_CHUNK_BYTES = 2**20


def read(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Write every readable row of the batch into the incoming table."""
    connection.execute(
        f"create or replace table {batch.incoming} ({column_definitions(batch.table)}, "
        "_rejection struct(reason varchar, original varchar))"
    )
    connection.execute(
        "create or replace temp table rejected_lines "
        "(file_index integer, line bigint, original varchar)"
    )
    for reading in _readings(connection, batch):
        _read_files(connection, batch, reading)
    batch.describe_files(connection)


def _readings(connection: duckdb.DuckDBPyConnection, batch: Batch) -> Iterator[Reading]:
    """Look into every file and put those of equal layout together."""
    files: dict[Layout, list[LandingFile]] = {}
    for file in batch.files:
        try:
            files.setdefault(layout_of(connection, batch.table, file), []).append(file)
        except EmptyFileError:
            batch.empty.add(file.relative)
        except UnreadableFileError as error:
            batch.unreadable[file.relative] = str(error)
    for layout, members in files.items():
        if hides_file_index(layout):
            yield from (Reading(layout, (file,)) for file in members)
        else:
            yield Reading(layout, tuple(members))


def _read_files(connection: duckdb.DuckDBPyConnection, batch: Batch, reading: Reading) -> None:
    """Read files together; where that fails, by halves, to set aside only the broken ones."""
    try:
        _insert(connection, batch, reading)
    except _UNREADABLE as error:
        if "No space left" in str(error):
            raise
        if len(reading.files) > 1:
            for half in reading.halves():
                _read_files(connection, batch, half)
        else:
            _read_otherwise(connection, batch, reading, error)


def _read_otherwise(
    connection: duckdb.DuckDBPyConnection, batch: Batch, reading: Reading, error: duckdb.Error
) -> None:
    """Give a file that failed a second chance, and find out whose fault it is.

    DuckDB refuses a text that mixes line endings, so such a file is read from a copy.
    """
    (file,) = reading.files
    if reading.layout.is_split_into_lines:
        with tempfile.TemporaryDirectory() as directory:
            copy = _with_plain_line_endings(file, Path(directory))
            if copy is not None:
                layout = replace(reading.layout, is_gzipped=False)
                _read_files(connection, batch, Reading(layout, (copy,)))
                return
    if _can_be_read(connection, reading):
        # The bytes are fine, so it was our query that failed.
        raise error
    batch.unreadable[file.relative] = first_line(error)


def _with_plain_line_endings(file: LandingFile, directory: Path) -> LandingFile | None:
    """Copy a file with every line ending made a newline; None if they already are."""
    copy = directory / "copy"
    with opened(file) as source, copy.open("wb") as target:
        is_different = False
        while chunk := source.read(_CHUNK_BYTES):
            while chunk.endswith(b"\r") and (following := source.read(1)):
                chunk += following
            is_different = is_different or b"\r" in chunk
            target.write(chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return replace(file, path=copy) if is_different else None


def _can_be_read(connection: duckdb.DuckDBPyConnection, reading: Reading) -> bool:
    """Whether DuckDB reads every value of a file when nothing is interpreted."""
    try:
        connection.execute(f"select max(hash(rows)) from {plain_relation(reading)} as rows")
    except _UNREADABLE:
        return False
    return True


def _insert(connection: duckdb.DuckDBPyConnection, batch: Batch, reading: Reading) -> None:
    # A reading that failed leaves its rejected lines behind.
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    group = group_of(connection, batch.table, reading)
    indexes = [batch.index_of(file) for file in reading.files]
    connection.execute(f"insert into {batch.incoming} {_load_query(batch.table, group, indexes)}")
    if reading.layout.is_split_into_lines:
        _keep_rejected_lines(connection, reading, indexes)


def _load_query(table: Table, group: Group, indexes: list[int]) -> str:
    """Return the query that types a group's rows and says which are refused."""
    typed = "".join(
        f", {parsed(column.landed, column.kind, column.landed_type)} as {column.typed}"
        for column in group.columns
    )
    present = {column.name for column in group.columns}
    # Files of a group need not follow each other in the batch.
    index = f"({list_literal(map(str, indexes))})[cast(position as integer) + 1]"
    return f"""
        select {", ".join(_stored_columns(table, present))}, {group.extra}, false, {index},
            case when reason is not null then {{reason: reason, original: {group.original}}} end
        from (
            select *, coalesce({group.unreadable}, {refusal_reason(table, group.columns)}) as reason
            from (select *{typed} from {group.relation})
        )
    """


def _stored_columns(table: Table, present: set[str]) -> list[str]:
    values = [typed_name(name) if name in present else "null" for name in table.columns]
    hashes = [
        f"sha256(getvariable('salt') || {typed_name(name)})" if name in present else "null"
        for name in contact_columns(table)
    ]
    return values + hashes


def _keep_rejected_lines(
    connection: duckdb.DuckDBPyConnection, reading: Reading, indexes: list[int]
) -> None:
    """Move the lines DuckDB could not split into columns to where they are not forgotten."""
    connection.execute(
        """
        insert into rejected_lines
        select file_index, line, min(ltrim(csv_line, chr(10) || chr(13)))
        from reject_errors
        join reject_scans using (scan_id, file_id)
        join (select unnest($1::integer[]) as file_index, unnest($2::varchar[]) as file_path)
            using (file_path)
        group by all
        """,
        [indexes, [str(file.path.absolute()) for file in reading.files]],
    )
