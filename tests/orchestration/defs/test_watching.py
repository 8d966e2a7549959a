"""Files that land start a refresh: once, when they are at rest, and not too often."""

import os
from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import defs
from orchestration.defs.landing.watching import Watch, digest_of_files, look
from orchestration.sources.registry import KINDS
from orchestration.workspace.paths import Workspace
from orchestration.workspace.schedule_settings import LandedFilesSettings
from tests.orchestration.sources.shop_api import ShopApi, kind

SETTINGS = LandedFilesSettings(quiet_seconds=120, minimum_minutes=15)


def looks(*at: tuple[float, str]) -> list[bool]:
    """Look at landing/ at moments, with what is there; return when a refresh starts."""
    watch, started = Watch(), []
    for now, files in at:
        watch, reason = look(Watch.of(watch.cursor), files, now, SETTINGS)
        started.append(reason is None)
    return started


def test_files_start_one_refresh_once_they_are_at_rest():
    assert looks((1000, "a"), (1030, "a"), (1119, "a"), (1120, "a"), (1150, "a")) == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_a_copy_that_goes_on_is_waited_for():
    assert looks((1000, "a"), (1100, "ab"), (1130, "ab"), (1219, "ab"), (1220, "ab")) == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_refreshes_are_apart():
    start = [(1000.0, "a"), (1120.0, "a")]
    assert looks(*start, (1200, "b"), (1330, "b"), (2019, "b"), (2020, "b")) == [
        False,
        True,
        False,
        False,
        False,
        True,
    ]


def test_an_empty_folder_starts_nothing():
    assert looks((1000, ""), (5000, "")) == [False, False]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "landing" / "commerce" / "orders").mkdir(parents=True)
    return Workspace.open(tmp_path)


def test_every_change_of_a_file_is_seen(workspace: Workspace):
    orders = workspace.landing / "commerce" / "orders"
    seen = [digest_of_files(workspace)]
    assert seen == [""]
    (orders / "a.csv").write_text("id\n1\n")
    seen.append(digest_of_files(workspace))
    assert digest_of_files(workspace) == seen[-1]
    (orders / "b.csv").write_text("id\n2\n")
    seen.append(digest_of_files(workspace))
    # Of the same size and age, as `cp -p` or rsync leave it.
    before = (orders / "b.csv").stat()
    (orders / "b.csv").write_text("id\n3\n")
    os.utime(orders / "b.csv", ns=(before.st_atime_ns, before.st_mtime_ns))
    seen.append(digest_of_files(workspace))
    (orders / "a.csv").unlink()
    seen.append(digest_of_files(workspace))
    assert len(set(seen)) == len(seen)


def test_half_copied_files_and_those_of_connectors_are_not_seen(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    orders = workspace.landing / "commerce" / "orders"
    (orders / "a.csv").write_text("id\n1\n")
    seen = digest_of_files(workspace)
    (orders / "b.csv.part").write_text("id\n")
    shop = ShopApi(["up"])
    monkeypatch.setitem(KINDS, shop.name, kind(shop))  # type: ignore[arg-type]
    (orders / shop.name).mkdir()
    (orders / shop.name / "2026.parquet").write_bytes(b"")
    assert digest_of_files(workspace) == seen


def test_the_sensor_asks_for_one_run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADPLAN_WORKSPACE", str(workspace.root))
    (workspace.landing / "commerce" / "orders" / "a.csv").write_text("id\n1\n")
    sensor = defs().resolve_sensor_def("landed_files")
    files = digest_of_files(workspace)
    at_rest = Watch(seen=files, seen_at=1000).cursor
    first = sensor.evaluate_tick(dg.build_sensor_context(cursor=at_rest))
    assert [request.run_key for request in first.run_requests or []] == [f"{files}-1000"]
    second = sensor.evaluate_tick(dg.build_sensor_context(cursor=first.cursor))
    assert not second.run_requests
    assert second.skip_message == "no file has landed since the last refresh that files started"
