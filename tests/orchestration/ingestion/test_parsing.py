"""Values in every form they are seen in: the same meaning, or none."""

import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from orchestration.ingestion.contract import SQL_TYPES, Kind
from orchestration.ingestion.parsing import is_present, parsed


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _parse(
    connection: duckdb.DuckDBPyConnection, kind: Kind, value: str, landed_type: str = "VARCHAR"
) -> tuple[object, ...]:
    """Return the parsed value, and whether there was one to parse."""
    query = (
        f"select {parsed('v', kind, landed_type)}, {is_present('v', kind, landed_type)} "
        f"from (select {value} as v)"
    )
    return connection.execute(query).fetchone()


NOON = datetime(2024, 1, 15, 12)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-15T12:00:00Z", NOON),
        ("2024-01-15 12:00:00", NOON),
        ("2024-01-15 12:00", NOON),
        (" 2024-01-15 12:00:00 ", NOON),
        ("2024-01-15T14:00:00+02:00", NOON),
        ("2024-01-15T14:00:00+0200", NOON),
        ("2024-01-15T07:30:00-0430", NOON),
        ("2024-01-15 14:00:00+02", NOON),
        ("2024-01-15T12:00:00.000", NOON),
        ("2024-01-15T12:00:00.123456789Z", NOON.replace(microsecond=123456)),
        ("2024-01-15", datetime(2024, 1, 15)),
        ("1705320000", NOON),
        ("1705320000.5", NOON.replace(microsecond=500000)),
        ("1705320000000", NOON),
        ("1705320000000000", NOON),
        ("0001-01-01", datetime(1, 1, 1)),
    ],
)
def test_moments(connection: duckdb.DuckDBPyConnection, text: str, moment: datetime):
    assert _parse(connection, Kind.TIMESTAMP, f"'{text}'") == (moment, True)


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "2024-02-30", "15/01/2024", "12", "infinity", "-infinity", "1e400"),
        *("290000-01-01", "0044-01-01 (BC)", "290309-12-22 (BC) 00:00:00", "true", "{}"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.TIMESTAMP, Kind.DATE])
def test_what_is_no_moment(connection: duckdb.DuckDBPyConnection, kind: Kind, text: str):
    assert _parse(connection, kind, f"'{text}'") == (None, True)


@pytest.mark.parametrize(
    ("value", "landed_type"),
    [
        ("timestamp '2024-01-15 12:00'", "TIMESTAMP"),
        ("timestamp_ns '2024-01-15 12:00'", "TIMESTAMP_NS"),
        ("timestamp_ms '2024-01-15 12:00'", "TIMESTAMP_MS"),
        ("timestamptz '2024-01-15 14:00:00+02'", "TIMESTAMP WITH TIME ZONE"),
        ("1705320000", "INTEGER"),
        ("1705320000::uinteger", "UINTEGER"),
        ("1705320000000", "BIGINT"),
        ("1705320000::double", "DOUBLE"),
        ("1705320000::decimal(18, 2)", "DECIMAL(18,2)"),
    ],
)
def test_moments_of_other_types(
    connection: duckdb.DuckDBPyConnection, value: str, landed_type: str
):
    assert _parse(connection, Kind.TIMESTAMP, value, landed_type) == (NOON, True)


def test_a_date_keeps_only_the_day(connection: duckdb.DuckDBPyConnection):
    assert _parse(connection, Kind.DATE, "'2024-01-15T23:00:00Z'") == (date(2024, 1, 15), True)
    assert _parse(connection, Kind.DATE, "date '2024-01-15'", "DATE") == (date(2024, 1, 15), True)


@pytest.mark.parametrize(
    ("value", "landed_type", "identifier"),
    [
        ("'  a 1 '", "VARCHAR", "a 1"),
        ("'007'", "VARCHAR", "007"),
        ("'123.0'", "VARCHAR", "123"),
        ("'1.0.0'", "VARCHAR", "1.0.0"),
        ("'12.50'", "VARCHAR", "12.50"),
        ("123", "BIGINT", "123"),
        ("123.0::double", "DOUBLE", "123"),
        ("1.5::double", "DOUBLE", "1.5"),
        ("1e300::double", "DOUBLE", "1e+300"),
        ("123.00::decimal(9, 2)", "DECIMAL(9,2)", "123"),
        ("170141183460469231731687303715884105727::hugeint", "HUGEINT", str(2**127 - 1)),
        ("true", "BOOLEAN", "true"),
        ("'123456789012345678901234567890'", "VARCHAR", "123456789012345678901234567890"),
    ],
)
def test_identifiers(
    connection: duckdb.DuckDBPyConnection, value: str, landed_type: str, identifier: str
):
    assert _parse(connection, Kind.ID, value, landed_type) == (identifier, True)


@pytest.mark.parametrize("value", ["''", "'  '", "'NaN'", "'nan'", "null::varchar"])
@pytest.mark.parametrize(
    "kind",
    [kind for kind in Kind if kind not in (Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.CURRENCY)],
)
def test_what_is_absent(connection: duckdb.DuckDBPyConnection, kind: Kind, value: str):
    value, is_there = _parse(connection, kind, value)
    assert value is None
    assert not is_there


def test_a_person_may_be_called_nan(connection: duckdb.DuckDBPyConnection):
    assert _parse(connection, Kind.TEXT, "'Nan'") == ("Nan", True)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (Kind.COUNT, "12", 12),
        (Kind.COUNT, " 12.0 ", 12),
        (Kind.COUNT, "9007199254740993", 9007199254740993),
        (Kind.COUNT, "12.5", None),
        (Kind.COUNT, "1e30", None),
        (Kind.COUNT, "1,000", None),
        (Kind.COUNT, "true", None),
        (Kind.AMOUNT, "12.345678", Decimal("12.345678")),
        (Kind.AMOUNT, "-1e3", Decimal(-1000)),
        (Kind.AMOUNT, "999999999999.999999", Decimal("999999999999.999999")),
        (Kind.AMOUNT, "1000000000000", None),
        (Kind.AMOUNT, "12,50", None),
        (Kind.AMOUNT, "$5", None),
        (Kind.AMOUNT, "inf", None),
        (Kind.NUMBER, "4.5", 4.5),
        (Kind.NUMBER, "Infinity", None),
        (Kind.NUMBER, "five", None),
    ],
)
def test_numbers(connection: duckdb.DuckDBPyConnection, kind: Kind, text: str, number: object):
    assert _parse(connection, kind, f"'{text}'") == (number, True)


@pytest.mark.parametrize(
    ("value", "landed_type", "flag"),
    [
        *(
            (f"'{text}'", "VARCHAR", True)
            for text in ("true", "True", "yes", "Y", "1", "1.0", " t ")
        ),
        *((f"'{text}'", "VARCHAR", False) for text in ("false", "NO", "n", "0", "0.0", "F")),
        *((f"'{text}'", "VARCHAR", None) for text in ("2", "maybe", "null")),
        ("true", "BOOLEAN", True),
        ("0", "INTEGER", False),
        ("1.0::double", "DOUBLE", True),
        ("2", "BIGINT", None),
    ],
)
def test_flags(
    connection: duckdb.DuckDBPyConnection, value: str, landed_type: str, flag: bool | None
):
    assert _parse(connection, Kind.FLAG, value, landed_type) == (flag, True)


@pytest.mark.parametrize(
    ("value", "landed_type", "document"),
    [
        ("""'{"a": [1, null]}'""", "VARCHAR", {"a": [1, None]}),
        ("""'[{"a": 1}]'""", "VARCHAR", [{"a": 1}]),
        (r"""'"{\"a\": \"x\\ny\"}"'""", "VARCHAR", {"a": "x\ny"}),
        (
            "{'a': [1, 2], 'b': null::varchar}",
            "STRUCT(a INTEGER[], b VARCHAR)",
            {"a": [1, 2], "b": None},
        ),
        ("[{'a': 1}]", "STRUCT(a INTEGER)[]", [{"a": 1}]),
        ("map {'a': 1}", "MAP(VARCHAR, INTEGER)", {"a": 1}),
        ("5", "BIGINT", 5),
    ],
)
def test_documents(
    connection: duckdb.DuckDBPyConnection, value: str, landed_type: str, document: object
):
    text, is_there = _parse(connection, Kind.JSON, value, landed_type)
    assert (json.loads(text), is_there) == (document, True)


@pytest.mark.parametrize("text", ['{"a": ', "{''a'': 1}", "hello", '"hello"', "[1, 2"])
def test_what_is_no_document(connection: duckdb.DuckDBPyConnection, text: str):
    assert _parse(connection, Kind.JSON, f"'{text}'") == (None, True)


def test_a_null_document_is_absent(connection: duckdb.DuckDBPyConnection):
    assert _parse(connection, Kind.JSON, "'null'") == (None, False)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "value",
    [
        *(
            "1::tinyint",
            "1::usmallint",
            "1::ubigint",
            "1::hugeint",
            "1.5::decimal(4, 1)",
            "1e38::float",
        ),
        *(
            "'inf'::double",
            "'-inf'::float",
            "true",
            "date '5874897-12-31'",
            "timestamp '-infinity'",
        ),
        *("timestamptz 'infinity'", "timestamp_ns '1700-01-01'", "{'a': 1}", "[1]", "[[true]]"),
        *(
            "map {1: 'x'}",
            "[timestamp '2020-01-01']",
            "[1.5::decimal(4, 1)]",
            "[date '2020-01-01']",
        ),
        *("'290309-12-22 (BC)'", "chr(0)"),
        *("repeat('9', 500)", "'-' || repeat('9', 40)", "'1e308'", "repeat('[', 5000)"),
    ],
)
def test_no_kind_fails_on_any_type(connection: duckdb.DuckDBPyConnection, kind: Kind, value: str):
    landed_type = connection.execute(f"select typeof({value})").fetchone()[0]
    typed = f"cast({parsed('v', kind, landed_type)} as {SQL_TYPES[kind]})"
    query = f"select {typed} from (select {value} as v)"
    assert len(connection.execute(query + " where true").fetchall()) == 1
