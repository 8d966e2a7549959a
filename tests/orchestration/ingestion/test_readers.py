"""Text, names, types and layouts in every form: read as what they mean."""

import gzip

import pytest

from orchestration.ingestion.sql import text_literal
from tests.orchestration.ingestion.landing import Landing


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings(orders: Landing, delimiter: str, newline: str):
    lines = [["id", "created_at", "promo_code"], ["1", "2026-01-01", '"a,;|\tb""c"']]
    orders.put("a.csv", newline.join(delimiter.join(line) for line in lines) + newline)
    assert orders.load().rows_accepted == 1
    assert orders.column("promo_code") == ['a,;|\tb"c']


@pytest.mark.parametrize(
    "header",
    [
        "ID,Created At, TOTAL ",
        '"id" , "created_at","Total"',
        "\ufeffid,created_at,total",
        "\n\nid,CREATED_AT,total",
        '"\nid\n",created_at,total',
    ],
)
def test_headers_fold_case_spaces_and_marks(orders: Landing, header: str):
    orders.put("a.csv", f"{header}\n1,2026-01-01,10\n2,2026-01-01,\n")
    assert orders.load().rows_accepted == 2, orders.quarantine("reason, original")
    assert orders.rows("id, cast(total as integer), _extra") == [("1", 10, None), ("2", None, None)]


def test_json_keys_fold_case_and_spaces_row_by_row(orders: Landing):
    orders.put(
        "a.jsonl", '{"ID": 1, "Created At": "2026-01-01"}\n{"id": 2, "created_at": "2026-01-01"}\n'
    )
    orders.put("b.jsonl", '\ufeff{"Id": null, "id": 3, "CREATED_AT": "2026-01-01", "Total": 5}\n')
    assert orders.load().rows_accepted == 3
    assert orders.rows("id, cast(total as integer), _extra") == [
        ("1", None, None),
        ("2", None, None),
        ("3", 5, None),
    ]


def test_parquet_columns_that_differ_only_in_case_do_not_collide(orders: Landing):
    orders.put_query(
        "a.parquet", """select 1 as "ID", 2 as " id ", date '2026-01-01' as "Created_At" """
    )
    orders.load()
    assert orders.rows("id, cast(_extra as varchar)") == [("1", '{" id ":2}')]


def test_quoted_newlines_and_long_fields(orders: Landing):
    orders.put("a.csv", 'id,created_at,promo_code\n1,2026-01-01,"two\nlines\n"\n2,2026-01-01,x\n')
    orders.load()
    assert orders.column("promo_code") == ["two\nlines\n", "x"]


MALFORMED = (
    "id,created_at,promo_code\n"  # 1
    "1,2026-01-01,a\n"  # 2
    "2,2026-01-01\n"  # 3: too few columns
    "3,2026-01-01,b,c\n"  # 4: too many
    "4,never,d\n"  # 5: no timestamp
    "5,2026-01-01,e,f,g\n"  # 6: too many, twice over
    '6,2026-01-01,"h"i\n'  # 7: text after a closing quote
    ",2026-01-01,j\n"  # 8: no key
    "7,2026-01-01,k\n"  # 9
)


def test_malformed_lines_are_refused_with_their_number_and_text(orders: Landing):
    orders.put("a.csv", MALFORMED)
    counts = orders.load()
    assert (counts.rows_read, counts.rows_accepted, counts.rows_quarantined) == (8, 2, 6)
    quarantine = orders.quarantine("source_row, reason, original")
    assert [row[:2] for row in quarantine] == [
        (3, "malformed_row"),
        (4, "malformed_row"),
        (5, "unparseable_timestamp"),
        (6, "malformed_row"),
        (7, "malformed_row"),
        (8, "missing_key"),
    ]
    assert quarantine[0][2] == "2,2026-01-01"
    assert quarantine[1][2] == "3,2026-01-01,b,c"
    assert quarantine[2][2] == '{"id":"4","created_at":"never","promo_code":"d"}'
    assert orders.query("select rows_read from ingest.files") == [(8,)]


def test_rows_are_numbered_per_file_when_files_are_read_together(orders: Landing):
    for name in "abc":
        orders.put(f"{name}.csv", MALFORMED)
    orders.load()
    rows = [row for _, row in orders.quarantine("source_file, source_row")]
    assert rows == [3, 4, 5, 6, 7, 8] * 3


def test_an_unclosed_quote_costs_the_rest_of_the_file_and_says_so(orders: Landing):
    orders.put(
        "a.csv", 'id,created_at,promo_code\n1,2026-01-01,a\n2,2026-01-01,"b\n3,2026-01-01,c\n'
    )
    orders.load()
    assert orders.column("id") == ["1"]
    assert orders.quarantine() == [("malformed_row", "a.csv", 3)]


def test_latin_1_text_costs_the_rows_that_have_it(orders: Landing):
    lines = [
        "id,created_at,promo_code,status",
        "1,2026-01-01,plain,x",
        "2,2026-01-01,café,é",
        "3,2026-01-01,b,é",
    ]
    orders.put("a.csv", "\n".join(lines).encode("latin-1"))
    counts = orders.load()
    assert (counts.rows_read, counts.rows_accepted, counts.rows_quarantined) == (3, 1, 2)
    assert orders.quarantine() == [("malformed_row", "a.csv", 3), ("malformed_row", "a.csv", 4)]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz"])
def test_mixed_line_endings_are_no_reason_to_refuse_a_file(orders: Landing, suffix: str):
    text = (
        b"id,created_at,total\r\n1,2026-01-01,1\n2,2026-01-01\n3,2026-01-01,x\r\n4,2026-01-01,4\r"
    )
    orders.put(f"a.{suffix}", gzip.compress(text) if suffix.endswith("gz") else text)
    line = '{{"id": {}, "created_at": "2026-01-01"}}\n'
    orders.put("b.jsonl", line.format(5) + "\r\n" + line.format(6))
    orders.load()
    assert orders.column("id") == ["1", "4", "5", "6"]
    assert orders.quarantine("reason, source_row") == [
        ("malformed_row", 3),
        ("unparseable_number", 4),
    ]


def test_broken_lines_of_json_cost_one_row_each(orders: Landing):
    lines = [
        *(b'{"id": 1, "created_at": ', b'{"id": 2, "created_at": "2026-01-01"}', b"", b"[3]"),
        *(b'"four"', b"5", b"null", b'{"id": 6, "created_at": "2026-01-01"}', b'{"id": "\xe9"}'),
        *(b'{"id": "\x01"}', b'{"id": 8, "created_at": "2026-01-01", "promo_code": "C:\\\\0x"}'),
    ]
    for suffix in ("jsonl", "json"):
        orders.put(f"a.{suffix}", b"\n".join(lines) + b"\n\n")
        counts = orders.load()
        assert (counts.rows_read, counts.rows_quarantined) == (10, 7)
        assert orders.rows("id, promo_code") == [("2", None), ("6", None), ("8", r"C:\0x")]
        broken = [("unreadable_json", row) for row in (1, 4, 5, 6, 7)]
        assert orders.quarantine("reason, source_row") == [
            *broken,
            ("malformed_row", 9),
            ("malformed_row", 10),
        ]
        (orders.folder / f"a.{suffix}").unlink()


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": 1, "created_at": "2026-01-01"}, {"id": 2, "created_at": "2026-01-01"}]',
        '\ufeff[\n{"id": 1, "created_at": "2026-01-01"},\n'
        '{"id": 2, "created_at": "2026-01-01"}\n]\n',
        '{"id": 1, "created_at": "2026-01-01"}\n{"id": 2, "created_at": "2026-01-01"}',
        '{\n "id": 1,\n "created_at": "2026-01-01"\n}\n'
        '{\n "id": 2,\n "created_at": "2026-01-01"\n}\n',
        '{"id": 1,\n "created_at": "2026-01-01"} {"id": 2, "created_at": "2026-01-01"}',
    ],
)
def test_json_in_every_shape(orders: Landing, text: str):
    orders.put("a.json", text)
    assert orders.load().rows_accepted == 2, orders.quarantine("reason, original")
    assert orders.column("id") == ["1", "2"]


def test_json_numbers_keep_all_their_digits(orders: Landing):
    orders.put(
        "a.json",
        '[{"id": 123456789012345678901234567890, "created_at": "2026-01-01", '
        '"customer_id": 17850.0, "email": NaN, "visitor_id": NaN}]',
    )
    orders.load()
    assert orders.rows("id, customer_id, email, visitor_id") == [
        ("123456789012345678901234567890", "17850", None, None)
    ]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "parquet"])
def test_a_megabyte_of_text_in_one_field(events: Landing, suffix: str):
    campaign = "x{{ 1/0 }}'" * 100_000
    query = (
        "select 'e1' as event_id, timestamp '2026-01-01' as \"timestamp\", "
        f"{text_literal(campaign)} as utm_campaign"
    )
    options = {
        "csv": "format csv, header",
        "jsonl": "format json",
        "json": "format json, array true",
        "parquet": "format parquet",
    }
    events.put_query(f"a.{suffix}", query, options[suffix])
    events.load()
    assert events.column("utm_campaign") == [campaign]
