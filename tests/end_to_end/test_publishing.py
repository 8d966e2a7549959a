"""Readers of the published file see one run or another, never a mixture and never an error."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing import publish
from orchestration.workspace.paths import Workspace

READERS = 8
PUBLISHES = 20
ROWS = 50_000


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.warehouse.mkdir()
    return made


def build(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Two tables that must always tell of the same run."""
    for table in ("conversions.fct_conversions", "attribution.fct_touchpoints"):
        schema = table.split(".")[0]
        connection.execute(f"create schema if not exists {schema}")
        connection.execute(
            f"create or replace table {table} as "
            f"select {version} as version, i from range({ROWS}) t(i)"
        )


def read_until(
    path: str, stop: "multiprocessing.synchronize.Event", seen: "multiprocessing.Queue[object]"
) -> None:
    versions = set()
    query = """
        select min(version), max(version), count(*) from (
            from conversions.fct_conversions union all from attribution.fct_touchpoints)
    """
    try:
        while not stop.is_set():
            with duckdb.connect(path, read_only=True) as connection:
                for _ in range(2):
                    low, high, count = connection.execute(query).fetchone() or (0, 1, 0)
                    assert (low, count) == (high, 2 * ROWS), "a mixture of runs"
                    versions.add(low)
    except Exception as error:
        seen.put(repr(error))
    else:
        seen.put(sorted(versions))


def test_readers_are_undisturbed_by_publishing(workspace: Workspace):
    context = multiprocessing.get_context("spawn")
    stop, seen = context.Event(), context.Queue()
    with duckdb.connect(str(workspace.build_database)) as connection:
        build(connection, 0)
        publish(connection, workspace)
        readers = [
            context.Process(target=read_until, args=(str(workspace.published_database), stop, seen))
            for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for version in range(1, PUBLISHES + 1):
            build(connection, version)
            publish(connection, workspace)
    stop.set()
    reports = [seen.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    assert all(isinstance(report, list) for report in reports), reports


def test_a_connection_keeps_the_run_it_opened(workspace: Workspace):
    with duckdb.connect(str(workspace.build_database)) as connection:
        build(connection, 1)
        publish(connection, workspace)
        old = duckdb.connect(str(workspace.published_database), read_only=True)
        build(connection, 2)
        publish(connection, workspace)
    assert old.execute("select max(version) from conversions.fct_conversions").fetchone() == (1,)
    old.close()
    with duckdb.connect(str(workspace.published_database), read_only=True) as new:
        assert new.execute("select max(version) from conversions.fct_conversions").fetchone() == (
            2,
        )


def test_a_stale_write_ahead_log_does_not_lock_readers_out(workspace: Workspace):
    with duckdb.connect(str(workspace.build_database)) as connection:
        build(connection, 1)
        publish(connection, workspace)
        stale = workspace.published_database.with_name("adplan.duckdb.wal")
        stale.write_bytes(b"left behind by another file")
        publish(connection, workspace)
    assert not stale.exists()
    with duckdb.connect(str(workspace.published_database), read_only=True) as new:
        assert new.execute("select max(version) from conversions.fct_conversions").fetchone() == (
            1,
        )


PUBLISH_WITHOUT_SPACE = """
import resource, sys
from pathlib import Path
import duckdb
from orchestration.publishing import publish
from orchestration.workspace.paths import Workspace

workspace = Workspace(Path(sys.argv[1]))
with duckdb.connect(str(workspace.build_database), read_only=True) as connection:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    publish(connection, workspace)
"""


def test_a_full_disk_leaves_the_old_file(workspace: Workspace):
    with duckdb.connect(str(workspace.build_database)) as connection:
        build(connection, 1)
        publish(connection, workspace)
        connection.execute(
            "create or replace table conversions.fct_conversions as "
            "select 2 as version, hash(i) as i from range(1000000) t(i)"
        )
    before = workspace.published_database.read_bytes()
    # A limit on file size fails a write the way a full disk does.
    result = subprocess.run(
        [sys.executable, "-c", PUBLISH_WITHOUT_SPACE, str(workspace.root)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert workspace.published_database.read_bytes() == before
    assert sorted(path.name for path in workspace.warehouse.iterdir()) == [
        "adplan.duckdb",
        "build.duckdb",
    ]
