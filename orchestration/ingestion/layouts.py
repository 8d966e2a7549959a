"""What a file's first bytes say: how to read it, and which columns it holds.

Files of equal layout are read by one query. Only the start of a file is looked at here, except
that compressed files are checked to their end, because DuckDB reads a truncated gzip stream
as if it were whole.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from orchestration.ingestion.contract import Table
from orchestration.ingestion.files import (
    ACCEPTED_FORMATS,
    UNREADABLE_SUFFIX,
    Format,
    LandingFile,
)
from orchestration.ingestion.sql import path_literal

_DELIMITERS = ",;\t|"

# Enough for any header and for several rows, so that the shape of a JSON file shows.
_START_BYTES = 2**20
_SAMPLED_LINES = 50

_OBJECT_START = re.compile(r"\{\s*([\"}]|$)")


class UnreadableFileError(Exception):
    """A file that is not what its name says."""


class EmptyFileError(Exception):
    """A file that holds nothing at all."""


class Shape(StrEnum):
    """How rows are laid out in a file."""

    TABLE = "table"
    LINES = "lines"
    ARRAY = "array"
    OBJECTS = "objects"


@dataclass(frozen=True)
class Layout:
    """What has to be equal for two files to be read by one query.

    Attributes:
        format: The format of the files.
        shape: How rows follow each other.
        is_gzipped: Whether the bytes are compressed.
        columns: Names and DuckDB types of a table's columns; JSON keys are found later.
        delimiter: What separates the columns of a CSV file.
        blank_lines: Empty lines above a CSV header.
    """

    format: Format
    shape: Shape
    is_gzipped: bool
    columns: tuple[tuple[str, str], ...] = ()
    delimiter: str = ""
    blank_lines: int = 0

    @property
    def is_split_into_lines(self) -> bool:
        """Whether DuckDB's CSV reader takes the file apart, be it into columns or only lines."""
        return self.format is Format.CSV or self.shape is Shape.LINES


def layout_of(connection: duckdb.DuckDBPyConnection, table: Table, file: LandingFile) -> Layout:
    """Look into a file.

    Raises:
        UnreadableFileError: If the file is not what its name says.
        EmptyFileError: If it holds nothing, or only white space.
    """
    try:
        file.path.as_posix().encode()
    except UnicodeEncodeError as error:
        raise UnreadableFileError("its name is not UTF-8 text") from error
    if file.path.name.endswith(UNREADABLE_SUFFIX):
        raise UnreadableFileError(file.path.read_text(encoding="utf-8", errors="replace")[:500])
    if file.format is Format.UNKNOWN:
        raise UnreadableFileError(f"unknown format; accepted are {ACCEPTED_FORMATS}")
    if file.size == 0:
        raise EmptyFileError
    if file.format is Format.PARQUET:
        return _parquet_layout(connection, file.path)
    start = _text_start(file)
    return _csv_layout(table, file, start) if file.format is Format.CSV else _json(file, start)


def folded(name: str) -> str:
    """Return the contract's spelling of a landed column name: ` Order ID ` is `order_id`."""
    return "_".join(name.split()).lower()


def _parquet_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> Layout:
    query = f"describe select * from read_parquet({path_literal(path)}, hive_partitioning = false)"
    try:
        columns = connection.execute(query).fetchall()
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise UnreadableFileError(first_line(error)) from error
    types = tuple((name, kind) for name, kind, *_ in columns)
    return Layout(Format.PARQUET, Shape.TABLE, is_gzipped=False, columns=types)


def _text_start(file: LandingFile) -> str:
    """Return the first megabyte as text; broken characters are kept as lone surrogates."""
    try:
        with opened(file) as stream:
            start = stream.read(_START_BYTES)
            if file.is_gzipped:
                _read_to_end(stream)
    except (OSError, EOFError, zlib.error) as error:
        if not file.path.exists():
            raise UnreadableFileError("the file is gone") from error
        raise UnreadableFileError(first_line(error)) from error
    text = start.decode("utf-8-sig", errors="surrogateescape")
    if not text.strip():
        raise EmptyFileError
    return text


def _read_to_end(stream: gzip.GzipFile | io.BufferedReader) -> None:
    while stream.read(_START_BYTES):
        pass


def opened(file: LandingFile) -> gzip.GzipFile | io.BufferedReader:
    """Open a file for its uncompressed bytes."""
    return gzip.GzipFile(file.path) if file.is_gzipped else file.path.open("rb")


def _csv_layout(table: Table, file: LandingFile, start: str) -> Layout:
    body = start.lstrip("\r\n")
    blank_lines = len(start[: len(start) - len(body)].splitlines())
    headers = [(delimiter, _header(body, delimiter)) for delimiter in _DELIMITERS]
    delimiter, names = max(
        headers,
        key=lambda header: (len({*map(folded, header[1])} & {*table.columns}), len(header[1])),
    )
    if not {*map(folded, names)} & {*table.columns}:
        raise UnreadableFileError(
            f"the header names no column of {table.full_name}; expected {', '.join(table.key)}, ..."
        )
    columns = tuple((name, "VARCHAR") for name in _distinct(names))
    return Layout(Format.CSV, Shape.TABLE, file.is_gzipped, columns, delimiter, blank_lines)


def _header(text: str, delimiter: str) -> list[str]:
    try:
        names = next(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True),
            [],
        )
        "".join(names).encode()
    except (csv.Error, UnicodeEncodeError):
        return []
    return [] if any("\0" in name for name in names) else names


def _distinct(names: list[str]) -> list[str]:
    """Column names that are never blank, and never the same but for case and spaces."""
    seen: set[str] = set()
    distinct = []
    for position, name in enumerate(names):
        candidate = name.strip() or f"column{position}"
        while folded(candidate) in seen:
            candidate += "_"
        seen.add(folded(candidate))
        distinct.append(candidate)
    return distinct


def _json(file: LandingFile, start: str) -> Layout:
    text = start.lstrip()
    if text.startswith("["):
        is_array = file.format is Format.JSON or not _is_json(text.splitlines()[0])
        shape = Shape.ARRAY if is_array else Shape.LINES
    elif any(_is_object(line) for line in _lines(text)):
        shape = Shape.LINES
    elif not any(_OBJECT_START.match(line.lstrip()) for line in _lines(text)):
        raise UnreadableFileError("not JSON: no line starts an object")
    else:
        # No line is a whole object: one is spread over several, or longer than what was read.
        shape = Shape.LINES if file.format is Format.JSON_LINES else Shape.OBJECTS
    return Layout(Format.JSON, shape, file.is_gzipped)


def _lines(text: str) -> Iterator[str]:
    return (line for line, _ in zip(text.split("\n"), range(_SAMPLED_LINES), strict=False))


def _is_object(line: str) -> bool:
    """Whether a line that is not indented is a JSON object by itself."""
    return line.startswith("{") and _is_json(line)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, short enough for a report."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:500]
