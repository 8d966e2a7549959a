"""One SQL query per group of files of equal layout: their columns, as they landed.

Every query yields one row per landed row, with the contract's columns still unparsed. Landed
columns get names of our own on the way, so that no column name in a file can mean anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from orchestration.ingestion.contract import Table
from orchestration.ingestion.files import Format, LandingFile
from orchestration.ingestion.layouts import Layout, Shape, folded
from orchestration.ingestion.rules import LandedColumn
from orchestration.ingestion.sql import identifier, list_literal, path_literal, text_literal

# A line holds a whole row; a megabyte of text in one field is odd but not an error.
_LONGEST_LINE_BYTES = 32 * 2**20

# JSON has to escape control characters, so this one is in no line that can be read.
_NO_DELIMITER = "\x01"

# Blank lines are only counted, so that other rows keep their line numbers.
BLANK_LINE = "blank_line"
_BROKEN_ROW = f"""case
    when json is null then
        case when coalesce(trim(line, E' \\t\\r'), '') = '' then '{BLANK_LINE}'
            else 'unreadable_json' end
    when not starts_with(line, '{{') and json_type(json) <> 'OBJECT' then 'unreadable_json'
end"""

# A column by which a connector says that a row is none of the contract, and why. Only reasons
# that are known count, so that no dropped file can make up its own.
REASON_COLUMN = "_quarantine_reason"
TOLD_REASONS = ("missing_transaction_id", "test_order", "unreadable_json")

_FLOATS = ("DOUBLE", "FLOAT")

# Types `parsing.py` knows by name, besides nested ones; the others are read as text.
_KEPT_TYPES = (
    *_FLOATS,
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    *("VARCHAR", "BOOLEAN", "DATE", "STRUCT", "MAP", "DECIMAL", "TIMESTAMP"),
)


@dataclass(frozen=True)
class Reading:
    """Files of equal layout, oldest first."""

    layout: Layout
    files: tuple[LandingFile, ...]

    def halves(self) -> tuple["Reading", "Reading"]:
        """Split it, to find out which file fails."""
        middle = len(self.files) // 2
        return (
            Reading(self.layout, self.files[:middle]),
            Reading(self.layout, self.files[middle:]),
        )


@dataclass(frozen=True)
class Group:
    """The query that reads a group of files.

    Attributes:
        relation: SQL for the `from` clause. It yields what the expressions below refer to, and
            `position`, the place of the row's file in the group.
        columns: The contract's columns these files deliver.
        original: SQL expression of the landed row as JSON text, kept for refused rows.
        extra: SQL expression of the columns the contract does not name, as JSON.
        unreadable: SQL expression: the reason a row could not be taken apart at all, or null.
    """

    relation: str
    columns: list[LandedColumn]
    original: str
    extra: str
    unreadable: str = "cast(null as varchar)"


def group_of(connection: duckdb.DuckDBPyConnection, table: Table, reading: Reading) -> Group:
    """Return the query of a group of files; JSON files are searched for their keys first."""
    if reading.layout.format is Format.JSON:
        return _json_group(connection, table, reading)
    return _tabular_group(table, reading)


def plain_relation(reading: Reading) -> str:
    """Return SQL for a `from` clause that reads the files and interprets nothing."""
    return _RELATIONS[reading.layout.format, reading.layout.shape](reading)


def _csv_relation(reading: Reading) -> str:
    columns = ", ".join(f"c{place}: 'VARCHAR'" for place, _ in enumerate(reading.layout.columns))
    return _text_relation(
        reading,
        f"columns = {{{columns}}}, header = true, skip = {reading.layout.blank_lines}, "
        f"delim = {text_literal(reading.layout.delimiter)}, quote = '\"', escape = '\"'",
    )


def _lines_relation(reading: Reading) -> str:
    # Lines are read as text first, so that one broken line costs one row and not the file.
    return _text_relation(
        reading,
        f"columns = {{line: 'VARCHAR'}}, header = false, delim = '{_NO_DELIMITER}', "
        "quote = '', escape = ''",
    )


def _text_relation(reading: Reading, options: str) -> str:
    return (
        f"read_csv({_paths(reading)}, auto_detect = false, {options}, "
        f"ignore_errors = true, store_rejects = true, max_line_size = {_LONGEST_LINE_BYTES}, "
        f"buffer_size = {2 * _LONGEST_LINE_BYTES}, {_common_options(reading)})"
    )


def _objects_relation(reading: Reading) -> str:
    form = "array" if reading.layout.shape is Shape.ARRAY else "unstructured"
    return (
        f"read_json_objects({_paths(reading)}, format = '{form}', "
        f"maximum_object_size = {_LONGEST_LINE_BYTES}, {_common_options(reading)})"
    )


def _parquet_relation(reading: Reading) -> str:
    return f"read_parquet({_paths(reading)}, hive_partitioning = false)"


def _common_options(reading: Reading) -> str:
    compression = "compression = 'gzip', " if reading.layout.is_gzipped else ""
    return f"{compression}hive_partitioning = false"


def _paths(reading: Reading) -> str:
    return list_literal(path_literal(file.path) for file in reading.files)


_RELATIONS: dict[tuple[Format, Shape], Callable[[Reading], str]] = {
    (Format.CSV, Shape.TABLE): _csv_relation,
    (Format.PARQUET, Shape.TABLE): _parquet_relation,
    (Format.JSON, Shape.LINES): _lines_relation,
    (Format.JSON, Shape.ARRAY): _objects_relation,
    (Format.JSON, Shape.OBJECTS): _objects_relation,
}


def hides_file_index(layout: Layout) -> bool:
    """Whether a column of the files takes the name by which DuckDB tells files apart."""
    return layout.format is Format.PARQUET and any(
        name.lower() == "file_index" for name, _ in layout.columns
    )


def _tabular_group(table: Table, reading: Reading) -> Group:
    landed = reading.layout.columns
    if reading.layout.format is Format.CSV:
        values = [f"c{place}" for place, _ in enumerate(landed)]
    else:
        values = [_simplified(identifier(name), kind) for name, kind in landed]
    types = [_simplified_type(kind) for _, kind in landed]
    position = "0" if hides_file_index(reading.layout) else "file_index"
    selected = ", ".join(f"{value} as v{place}" for place, value in enumerate(values))
    carriers = _carriers(table, [name for name, _ in landed])
    places = {place for found in carriers.values() for place in found[:1]}
    told = [place for place, column in enumerate(landed) if column == (REASON_COLUMN, "VARCHAR")]
    unknown = [place for place, _ in enumerate(landed) if place not in {*places, *told}]
    return Group(
        relation=f"(select {position} as position, {selected} from {plain_relation(reading)})",
        columns=[
            LandedColumn(name, table.columns[name], f"v{found[0]}", types[found[0]])
            for name, found in carriers.items()
        ],
        original=f"cast({_object(landed, range(len(landed)))} as varchar)",
        extra=_without_nulls(_object(landed, unknown)) if unknown else "cast(null as json)",
        unreadable=_told_reason(told),
    )


def _told_reason(told: list[int]) -> str:
    """SQL: the reason a connector gave for a row, if it gave one."""
    if not told:
        return "cast(null as varchar)"
    (place,) = told
    known = ", ".join(map(text_literal, TOLD_REASONS))
    return f"case when v{place} in ({known}) then v{place} end"


def _simplified(column: str, kind: str) -> str:
    """Read a Parquet column of an unusual type as text, and an absent float as null."""
    if kind == "JSON":
        return f"json_extract_string({column}, '$')"
    if kind == "VARIANT":
        return f"json_extract_string(cast({column} as json), '$')"
    if kind == "BLOB":
        # Some writers do not mark text as such.
        return f"coalesce(try(decode({column})), cast({column} as varchar))"
    if kind in _FLOATS:
        return f"nullif({column}, 'nan')"
    return column if _simplified_type(kind) == kind else f"cast({column} as varchar)"


def _simplified_type(kind: str) -> str:
    return kind if kind.startswith(_KEPT_TYPES) or kind.endswith("]") else "VARCHAR"


def _json_group(connection: duckdb.DuckDBPyConnection, table: Table, reading: Reading) -> Group:
    is_lines = reading.layout.shape is Shape.LINES
    row = (
        "line, try_cast(line as json) as json"
        if is_lines
        else "cast(json as varchar) as line, json"
    )
    rows = f"(select file_index as position, {row} from {plain_relation(reading)})"
    keys = _keys(connection, rows)
    carriers = _carriers(table, keys)
    wanted = [keys[place] for found in carriers.values() for place in found]
    pointers = list_literal(text_literal("/" + key) for key in wanted)
    relation = (
        f"(select *, json_extract_string(json, {pointers}) as v from {rows})" if wanted else rows
    )
    away = "{" + ", ".join(f"{_json_text(key)}: null" for key in wanted) + "}"
    return Group(
        relation=relation,
        columns=[
            LandedColumn(name, table.columns[name], _first_of(wanted, keys, found), "VARCHAR")
            for name, found in carriers.items()
        ],
        original="line",
        extra=(
            _without_nulls(f"json_merge_patch(json, {text_literal(away)})")
            if len(wanted) < len(keys)
            else "cast(null as json)"
        ),
        unreadable=_BROKEN_ROW,
    )


def _keys(connection: duckdb.DuckDBPyConnection, rows: str) -> list[str]:
    query = f"select distinct unnest(json_keys(json)) from {rows}"
    return sorted(row[0] for row in connection.execute(query).fetchall())


def _first_of(wanted: list[str], keys: list[str], found: list[int]) -> str:
    """The value under the first spelling of a key that the row has; NaN is no value."""
    spellings = (f"nullif(v[{wanted.index(keys[place]) + 1}], 'NaN')" for place in found)
    return f"coalesce({', '.join(spellings)})"


def _carriers(table: Table, landed: list[str]) -> dict[str, list[int]]:
    """Map contract columns to the places of the landed ones that carry them, exact name first."""
    carriers: dict[str, list[int]] = {}
    for place, name in enumerate(landed):
        if folded(name) in table.columns:
            carriers.setdefault(folded(name), []).append(place)
    return {
        name: sorted(carriers[name], key=lambda place: landed[place] != folded(landed[place]))
        for name in table.columns
        if name in carriers
    }


def _object(landed: tuple[tuple[str, str], ...], places: "range | list[int]") -> str:
    pairs = ", ".join(f"{text_literal(landed[place][0])}, v{place}" for place in places)
    return f"json_object({pairs})"


def _without_nulls(json: str) -> str:
    """Patch nulls away, so that a row looks alike whichever files are read beside it."""
    return f"nullif(json_merge_patch('{{}}', {json}), '{{}}')"


def _json_text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
