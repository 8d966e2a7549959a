"""What a second load does: nothing, only the new, or everything again."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.ingestion import load, reading, settle
from orchestration.ingestion.batch import Batch
from orchestration.ingestion.load import LandingChangedError
from tests.orchestration.ingestion.landing import Landing, LandingOf

HEADER = "id,created_at,total\n"


def _totals(landing: Landing) -> list[tuple[object, ...]]:
    return landing.rows("id, cast(total as integer)")


def test_the_same_files_twice_change_nothing(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n1,2026-01-01,11\nx\n")
    orders.put("b.csv", b"")
    orders.put("c.csv", b"\0")
    orders.load()
    before = (
        orders.snapshot(),
        orders.query("from ingest.files"),
        orders.query("from ingest.tables"),
    )
    assert orders.load().rows_read == 0
    assert before == (
        orders.snapshot(),
        orders.query("from ingest.files"),
        orders.query("from ingest.tables"),
    )


def test_a_copy_of_a_file_brings_only_duplicates(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n2,2026-01-01,11\n")
    orders.load()
    before = orders.snapshot()
    orders.put("copy.csv", HEADER + "1,2026-01-01,10\n2,2026-01-01,11\n")
    orders.load()
    assert orders.snapshot() == before


def test_only_a_new_file_is_read(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n")
    orders.load()
    orders.put("b.csv", HEADER + "2,2026-01-01,11\n")
    assert orders.load().rows_read == 1
    assert _totals(orders) == [("1", 10), ("2", 11)]


def test_a_file_older_than_known_ones_is_ranked_where_it_belongs(landing_of: LandingOf):
    items = landing_of("commerce.order_items")
    items.put("b.csv", "id,category\n1,newer\n", age=200)
    items.load()
    items.put("a.csv", "id,category\n1,older\n2,only\n", age=100)
    assert items.load().rows_read == 3
    assert items.rows("id, category") == [("1", "newer"), ("2", "only")]


def test_a_file_replaced_by_one_of_equal_size_and_time_is_read_again(orders: Landing):
    path = orders.put("a.csv", HEADER + "1,2026-01-01,10\n", age=5)
    orders.load()
    replacement = path.with_name("a.csv.tmp")
    replacement.write_text(HEADER + "2,2026-01-01,20\n")
    orders.touch(replacement, age=5)
    replacement.replace(path)
    orders.load()
    assert _totals(orders) == [("2", 20)]


def test_a_removed_file_takes_its_rows_and_refusals_with_it(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n")
    gone = orders.put("b.csv", HEADER + "1,2026-01-01,11\n2,2026-01-01,12\n3,never,1\n")
    orders.load()
    assert _totals(orders) == [("1", 11), ("2", 12)]
    gone.unlink()
    orders.load()
    assert _totals(orders) == [("1", 10)]
    assert orders.quarantine() == []


def test_a_folder_that_goes_empty_empties_the_table(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n")
    orders.load()
    (orders.folder / "a.csv").unlink()
    orders.load()
    assert orders.rows() == []
    assert orders.query("from ingest.files") == []


def test_a_table_that_was_dropped_is_loaded_again(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n")
    orders.load()
    orders.query("drop table raw_commerce.orders")
    orders.load()
    assert _totals(orders) == [("1", 10)]


def test_other_rules_or_another_salt_read_everything_again(
    orders: Landing, monkeypatch: pytest.MonkeyPatch
):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n")
    orders.load()
    monkeypatch.setattr("orchestration.ingestion.state._LOADER_VERSION", 99)
    assert orders.load().rows_read == 1
    assert orders.load().rows_read == 0


def test_a_later_day_lets_future_rows_in_and_an_earlier_one_shuts_them_out(orders: Landing):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n2,2026-07-01,11\n3,2026-08-01,12\n")
    orders.load()
    assert orders.reasons() == ["future_timestamp"] * 2
    orders.future_limit = datetime(2026, 6, 15)
    assert orders.load().rows_read == 0
    orders.future_limit = datetime(2026, 7, 1)
    assert orders.load().rows_read == 3
    assert (_totals(orders), orders.reasons()) == ([("1", 10), ("2", 11)], ["future_timestamp"])
    orders.future_limit = datetime(2026, 6, 30, 23, 59)
    orders.load()
    assert (_totals(orders), len(orders.reasons())) == ([("1", 10)], 2)


def test_a_moved_day_gives_what_a_full_load_gives(orders: Landing):
    rows = "1,2026-01-01,10\n1,2026-07-01,11\n2,2026-07-01,-1\n3,2026-07-01,x\n,2026-07-01,1\n"
    orders.put("a.csv", HEADER + rows)
    for days in (0, 30, 365, 30, -300):
        orders.future_limit = datetime(2026, 6, 1) + timedelta(days=days)
        orders.load()
        full = orders.elsewhere()
        full.load()
        assert orders.snapshot() == full.snapshot()


def _replace_while_reading(
    monkeypatch: pytest.MonkeyPatch, landing: Landing, times: int
) -> list[int]:
    """Replace a file each time it has been read, the first `times` times."""
    attempts: list[int] = []

    def read_and_replace(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
        reading.read(connection, batch)
        attempts.append(len(attempts))
        if len(attempts) <= times:
            landing.put("a.csv", HEADER + f"1,2026-01-01,{100 + len(attempts)}\n")

    monkeypatch.setattr(load, "read", read_and_replace)
    return attempts


def test_a_file_replaced_while_it_is_read_is_read_again(
    orders: Landing, monkeypatch: pytest.MonkeyPatch
):
    orders.put("a.csv", HEADER + "1,2026-01-01,100\n")
    attempts = _replace_while_reading(monkeypatch, orders, times=2)
    orders.load()
    assert _totals(orders) == [("1", 102)]
    assert len(attempts) == 3


def test_a_file_that_never_rests_stops_the_load_and_leaves_the_table(
    orders: Landing, monkeypatch: pytest.MonkeyPatch
):
    orders.put("a.csv", HEADER + "1,2026-01-01,100\n")
    orders.load()
    before = orders.snapshot()
    orders.put("a.csv", HEADER + "1,2026-01-01,100\n")
    _replace_while_reading(monkeypatch, orders, times=9)
    with pytest.raises(LandingChangedError, match=r"commerce\.orders.*3 times"):
        orders.load()
    assert orders.snapshot() == before
    assert (
        orders.query("select table_name from duckdb_tables() where table_name like '%incoming'")
        == []
    )


def test_a_file_that_vanishes_while_it_is_read_is_no_unreadable_file(
    orders: Landing, monkeypatch: pytest.MonkeyPatch
):
    orders.put("a.csv", HEADER + "1,2026-01-01,100\n")
    path = orders.put("b.csv", HEADER + "2,2026-01-01,200\n")

    def remove_and_read(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
        path.unlink(missing_ok=True)
        reading.read(connection, batch)

    monkeypatch.setattr(load, "read", remove_and_read)
    orders.load()
    assert _totals(orders) == [("1", 100)]
    assert orders.quarantine() == []


class KilledError(BaseException):
    """Stands for a run that ends where it stands."""


@pytest.mark.parametrize(
    "step",
    [
        "_describe_rows",
        "_set_refused_aside",
        "_delete_duplicates",
        "_flag_late",
        "_counts",
        "_put_in_place",
        "_record",
        "log_load",
    ],
)
@pytest.mark.parametrize("is_reload", [True, False])
def test_a_load_that_dies_anywhere_leaves_the_table_and_the_next_one_is_right(
    orders: Landing, monkeypatch: pytest.MonkeyPatch, step: str, is_reload: bool
):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\n2,never,1\n")
    orders.load()
    before = orders.snapshot()
    orders.put("b.csv", HEADER + "1,2026-01-01,11\n3,2026-01-01,12\nx\n")

    def die(*arguments: object) -> None:
        original(*arguments)
        raise KilledError

    with monkeypatch.context() as patch:
        original = getattr(settle, step)
        patch.setattr(settle, step, die)
        with pytest.raises(KilledError):
            orders.load(reload=is_reload)
    assert orders.snapshot() == before
    orders.load()
    assert _totals(orders) == [("1", 11), ("3", 12)]
    full = orders.elsewhere()
    full.load()
    assert orders.snapshot() == full.snapshot()


def test_thousands_of_small_files_load_in_seconds(orders: Landing):
    for number in range(2000):
        orders.put(f"date={number // 100}/{number}.csv", HEADER + f"{number},2026-01-01,{number}\n")
    started = time.process_time()
    assert orders.load().rows_accepted == 2000
    assert orders.load().rows_read == 0
    orders.put("one_more.csv", HEADER + "x,2026-01-01,1\n")
    assert orders.load().rows_read == 1
    assert time.process_time() - started < 30  # seconds; measured 2, so only a quadratic cost fails


def test_the_process_need_not_stand_in_the_landing_folder(
    orders: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    orders.put("a.csv", HEADER + "1,2026-01-01,10\nx\n")
    monkeypatch.chdir(tmp_path)
    orders.folder = type(orders.folder)(os.path.relpath(orders.folder))
    orders.load()
    assert (_totals(orders), orders.reasons()) == ([("1", 10)], ["malformed_row"])
