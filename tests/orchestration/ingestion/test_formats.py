"""Every table of the contract loads from every format, with the types it promises."""

import gzip
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion.contract import SQL_TYPES, TABLES, Kind, Table
from orchestration.ingestion.state import contact_columns
from tests.orchestration.ingestion.landing import Landing, LandingOf

# As text, and as it has to arrive.
_VALUES = {
    Kind.ID: ("id_{}", "id_{}"),
    Kind.TEXT: ("some text {}", "some text {}"),
    Kind.EMAIL: (" Ann{}@Example.com ", "ann{}@example.com"),
    Kind.PHONE: ("+49 (30) 12{}", "+493012{}"),
    Kind.CURRENCY: ("usd", "USD"),
    Kind.AMOUNT: ("12.5", Decimal("12.500000")),
    Kind.COUNT: ("7", 7),
    Kind.NUMBER: ("0.25", 0.25),
    Kind.FLAG: ("true", True),
    Kind.DATE: ("2026-01-0{}", "date"),
    Kind.TIMESTAMP: ("2026-01-0{}T10:00:00Z", "timestamp"),
    Kind.JSON: ('{{"a": [{}, null]}}', '{{"a": [{}, null]}}'),
}
_DUCKDB_NAMES = {"decimal(18, 6)": "DECIMAL(18,6)"}


def _landed(table: Table, number: int) -> dict[str, str]:
    return {name: _VALUES[kind][0].format(number) for name, kind in table.columns.items()}


def _expected(table: Table, number: int) -> list[object]:
    special = {"date": date(2026, 1, number), "timestamp": datetime(2026, 1, number, 10)}
    values = []
    for kind in table.columns.values():
        value = _VALUES[kind][1]
        text = value.format(number) if isinstance(value, str) else value
        values.append(special.get(text, text) if isinstance(text, str) else text)
    return values


def _csv(rows: list[dict[str, str]]) -> str:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    cell = '"{}"'.format
    return "".join(",".join(cell(v.replace('"', '""')) for v in line) + "\n" for line in lines)


def _write(path: Path, form: str, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True)
    match form:
        case "csv":
            path.write_text(_csv(rows))
        case "csv.gz":
            path.write_bytes(gzip.compress(_csv(rows).encode()))
        case "json":
            path.write_text(json.dumps(rows, indent=1))
        case "jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        case "parquet":
            lines = path.with_suffix(".rows")
            lines.write_text(json.dumps(rows))
            source = f"read_json('{lines}', hive_partitioning = false)"
            duckdb.execute(f"copy (from {source}) to '{path}'")
            lines.unlink()


@pytest.mark.parametrize("form", ["csv", "csv.gz", "json", "jsonl", "parquet"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)
def test_every_table_loads_from_every_format(landing_of: LandingOf, table: Table, form: str):
    landing = landing_of(table.full_name)
    rows = [_landed(table, number) for number in (1, 2)]
    _write(landing.folder / "date=2026-01-01" / f"rows.{form}", form, rows)
    counts = landing.load()
    assert (counts.rows_read, counts.rows_accepted) == (2, 2), landing.quarantine(
        "reason, original"
    )
    columns = ", ".join(f'"{name}"' for name in table.columns)
    normalised = [
        [json.dumps(json.loads(v)) if isinstance(v, str) and v.startswith("{") else v for v in row]
        for row in landing.rows(columns)
    ]
    assert normalised == [_expected(table, number) for number in (1, 2)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)
def test_an_empty_or_absent_folder_gives_an_empty_table_of_the_right_types(
    landing_of: LandingOf, table: Table
):
    landing = landing_of(table.full_name)
    assert landing.load().rows_read == 0
    landing.folder.mkdir(parents=True)
    assert landing.load().rows_read == 0
    described = landing.query(f"describe {table.relation}")
    types = {str(row[0]): str(row[1]).lower().replace(" ", "") for row in described}
    expected = {name: SQL_TYPES[kind].replace(" ", "") for name, kind in table.columns.items()}
    expected |= dict.fromkeys((f"{name}_hash" for name in contact_columns(table)), "varchar")
    expected |= {"_extra": "json", "is_late": "boolean", "_file_index": "integer"}
    assert types == expected
    log = "select rows_read, rows_accepted from health.load_log"
    assert landing.query(log) == [(0, 0), (0, 0)]


def test_formats_mix_in_one_folder_of_dates(orders: Landing):
    orders.put("2026/01/01/a.csv", "id,created_at,total\n1,2026-01-01,10\n")
    orders.put("date=2026-01-02/b.json", '[{"id": 2, "created_at": "2026-01-02", "total": "11"}]')
    orders.put("c.jsonl", '{"id": "3", "created_at": 1767398400, "total": 12.0}\n')
    orders.put("d.csv.gz", gzip.compress(b"id;total;created_at\n4;13;2026-01-04\n"))
    orders.put("e.tsv", "total\tid\tcreated_at\n14\t5\t2026-01-05\n")
    orders.put_query(
        "f.parquet", "select 6 as id, date '2026-01-06' as created_at, 15::float as total"
    )
    orders.put_query(
        "g.parquet", "select 7.0::double as id, 16 as total, now()::timestamp_ns as created_at"
    )
    orders.future_limit = datetime(2100, 1, 1)
    assert orders.load().rows_accepted == 7
    assert orders.rows("id, cast(total as integer)") == [(str(i), i + 9) for i in range(1, 8)]
