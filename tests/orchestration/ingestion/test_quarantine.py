"""Refused rows as Parquet files."""

from pathlib import Path

import pytest

from orchestration.ingestion.quarantine import export_quarantine, quarantine_reasons
from tests.orchestration.ingestion.landing import Landing, LandingOf


@pytest.fixture
def refused(orders: Landing, landing_of: LandingOf):
    orders.put("b.csv", "id,created_at\n1,never\n,2026-01-01\nx\n")
    orders.put("a.csv", b"\0\1")
    orders.load()
    refunds = landing_of("commerce.refunds")
    refunds.put("a.csv", "id,created_at,amount\n1,2026-01-01,-5\n2,2026-01-01,5\n")
    refunds.load()
    return orders


def test_each_table_with_refused_rows_has_its_file(refused: Landing, tmp_path: Path):
    directory = tmp_path / "it's here" / "quarantine"
    written = export_quarantine(refused.connection, directory)
    assert written == {"commerce.orders": 4, "commerce.refunds": 1}
    names = sorted(path.name for path in directory.iterdir())
    assert names == ["commerce.orders.parquet", "commerce.refunds.parquet"]
    exported = refused.connection.read_parquet(str(directory / "commerce.orders.parquet"))
    assert exported.columns == [
        "run_id",
        "source_table",
        "reason",
        "source_file",
        "source_row",
        "original",
    ]
    assert [row[2:5] for row in exported.fetchall()] == [
        ("unreadable_file", "a.csv", None),
        ("unparseable_timestamp", "b.csv", 2),
        ("missing_key", "b.csv", 3),
        ("malformed_row", "b.csv", 4),
    ]


def test_exporting_twice_gives_the_same_bytes(refused: Landing, tmp_path: Path):
    export_quarantine(refused.connection, tmp_path)
    first = (tmp_path / "commerce.orders.parquet").read_bytes()
    export_quarantine(refused.connection, tmp_path)
    assert (tmp_path / "commerce.orders.parquet").read_bytes() == first


def test_files_of_tables_without_refused_rows_are_removed(refused: Landing, tmp_path: Path):
    export_quarantine(refused.connection, tmp_path)
    (tmp_path / "commerce.refunds.parquet.tmp").write_text("left by a killed run")
    for path in refused.folder.iterdir():
        path.unlink()
    refused.load()
    assert export_quarantine(refused.connection, tmp_path) == {"commerce.refunds": 1}
    assert [path.name for path in tmp_path.glob("*.parquet*")] == ["commerce.refunds.parquet"]


def test_reasons_are_counted_by_table(refused: Landing):
    assert quarantine_reasons(refused.connection) == [
        ("commerce.orders", "malformed_row", 1),
        ("commerce.orders", "missing_key", 1),
        ("commerce.orders", "unparseable_timestamp", 1),
        ("commerce.orders", "unreadable_file", 1),
        ("commerce.refunds", "negative_amount", 1),
    ]
