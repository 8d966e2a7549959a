"""Files that are odd, broken, or not what their name says; the run goes on and says so."""

import gzip
import os
import random
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion import reading
from tests.orchestration.ingestion.landing import Landing

GOOD_CSV = "id,created_at,total\n1,2026-01-01,10\n"
GOOD_LINE = '{"id": "1", "created_at": "2026-01-01", "total": 10}\n'


def _parquet_bytes(tmp_path: Path) -> bytes:
    path = tmp_path / "good.parquet"
    duckdb.execute(
        "copy (select i as id, timestamp '2026-01-01' as created_at, hash(i) % 100 as total "
        f"from range(20000) as numbers(i)) to '{path}'"
    )
    return path.read_bytes()


EVERY_FORMAT = pytest.mark.parametrize(
    "suffix", ["csv", "csv.gz", "json", "json.gz", "jsonl", "jsonl.gz", "parquet"]
)


@EVERY_FORMAT
def test_a_file_without_a_byte_is_empty_and_no_error(orders: Landing, suffix: str):
    orders.put(f"empty.{suffix}", b"")
    orders.put("good.csv", GOOD_CSV)
    assert orders.load().rows_accepted == 1
    assert orders.quarantine() == []
    assert orders.query("select relative, status, rows_read from ingest.files order by all") == [
        (f"empty.{suffix}", "empty", 0),
        ("good.csv", "read", 1),
    ]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "csv.gz"])
def test_a_file_of_nothing_but_space_is_empty(orders: Landing, suffix: str, content: bytes):
    orders.put(f"a.{suffix}", gzip.compress(content) if suffix.endswith("gz") else content)
    assert orders.load().rows_read == 0
    assert orders.query("select status from ingest.files") == [("empty",)]


@EVERY_FORMAT
@pytest.mark.parametrize("seed", range(3))
def test_random_bytes_are_set_aside_whole(orders: Landing, suffix: str, seed: int):
    orders.put(f"random.{suffix}", random.Random(seed).randbytes(20_000))
    orders.put("good.csv", GOOD_CSV)
    orders.put("good.jsonl", GOOD_LINE.replace('"1"', '"2"'))
    counts = orders.load()
    assert (counts.rows_read, counts.rows_accepted, counts.rows_quarantined) == (3, 2, 1)
    assert orders.quarantine() == [("unreadable_file", f"random.{suffix}", None)]
    status = "select relative from ingest.files where status = 'unreadable'"
    assert orders.query(status) == [(f"random.{suffix}",)]


@pytest.mark.parametrize("kept", [0.5, 0.99])
@pytest.mark.parametrize("suffix", ["csv.gz", "jsonl.gz", "json.gz"])
def test_a_truncated_gzip_file_is_not_read_as_if_it_were_whole(
    orders: Landing, suffix: str, kept: float
):
    line = GOOD_LINE if "json" in suffix else "1,2026-01-01,10\n"
    text = ("" if "json" in suffix else "id,created_at,total\n") + line * 60_000
    packed = gzip.compress(text.encode())
    orders.put(f"a.{suffix}", packed[: int(len(packed) * kept)])
    orders.load()
    assert orders.quarantine() == [("unreadable_file", f"a.{suffix}", None)]
    assert orders.rows() == []


@pytest.mark.parametrize("kept", [3, 500, -8, -1])
def test_a_truncated_parquet_file_is_set_aside(orders: Landing, tmp_path: Path, kept: int):
    orders.put("a.parquet", _parquet_bytes(tmp_path)[:kept])
    orders.load()
    assert orders.quarantine() == [("unreadable_file", "a.parquet", None)]


def test_a_parquet_file_damaged_inside_is_set_aside_and_its_neighbours_are_read(
    orders: Landing, tmp_path: Path
):
    whole = _parquet_bytes(tmp_path)
    orders.put("a.parquet", whole)
    orders.put("b.parquet", whole[:200] + bytes(20_000) + whole[20_200:])
    orders.put("c.parquet", whole)
    counts = orders.load()
    assert orders.quarantine() == [("unreadable_file", "b.parquet", None)]
    assert (counts.rows_accepted, counts.rows_duplicate) == (20_000, 20_000)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"PK\x03\x04 not a table"),
        ("a.csv", "id,caf\xe9\n1,2\n".encode("latin-1")),
        ("a.csv", "id,total\n1,2\n".encode("utf-16")),
        ("a.csv", b"name,colour\nx,y\n"),
        ("a.csv.gz", b"id,total\n1,2\n"),
        ("a.csv.gz", gzip.compress(b"id,total\n1,2\n", mtime=0) + b"garbage"),
        ("a.json", b"<html></html>"),
        ("a.json", b'[{"id": 1}, {"id": 2'),
        ("a.json", b'[{"id": 1}] and more'),
        ("a.json", b'{\n "id": 1,\n'),
        ("a.json", b'[{"id": "\xe9"}]'),
        ("a.jsonl", b"id,total\n1,2\n"),
        ("a.parquet", b"PAR1 nothing PAR1"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.csv.zst", b"id\n1\n"),
        ("noextension", b"id\n1\n"),
    ],
)
def test_what_is_no_such_format_is_one_refused_file(orders: Landing, name: str, content: bytes):
    orders.put(name, content)
    orders.put("good.csv", GOOD_CSV)
    counts = orders.load()
    assert (counts.rows_accepted, counts.rows_quarantined) == (1, 1)
    ((reason, source_file, row, message),) = orders.quarantine(
        "reason, source_file, source_row, original"
    )
    assert (reason, source_file, row) == ("unreadable_file", name, None)
    assert message


def test_a_name_that_is_not_utf8_is_refused_and_reported(orders: Landing):
    orders.put("good.csv", GOOD_CSV)
    Path(os.fsdecode(os.fsencode(orders.folder) + b"/caf\xe9.csv")).write_text(GOOD_CSV)
    orders.load()
    assert orders.quarantine() == [("unreadable_file", "caf\\xe9.csv", None)]
    assert orders.load().rows_read == 0


def test_one_broken_file_among_hundreds_costs_only_itself(orders: Landing):
    for number in range(300):
        orders.put(f"{number:03}.json", f'[{{"id": {number}, "created_at": "2026-01-01"}}]')
    orders.put("123.json", '[{"id": 123,')
    counts = orders.load()
    assert (counts.rows_accepted, counts.rows_quarantined) == (299, 1)
    assert orders.quarantine() == [("unreadable_file", "123.json", None)]


def test_a_failure_of_our_own_is_never_blamed_on_the_file(
    orders: Landing, monkeypatch: pytest.MonkeyPatch
):
    def wrong_query(*_: object) -> str:
        return "cast('no number' as integer)::varchar"

    monkeypatch.setattr(reading, "refusal_reason", wrong_query)
    orders.put("good.csv", GOOD_CSV)
    orders.put("good.jsonl", GOOD_LINE)
    with pytest.raises(duckdb.ConversionException):
        orders.load()
