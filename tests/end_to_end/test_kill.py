"""A refresh killed at any moment leaves the published file whole; the next one completes it.

Moments are tried two in a row before a refresh is let through to its end: what a killed run leaves
has to be good enough for one that is killed as well.
"""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ADPLAN, Command, copied, marts, own_folder

SECONDS_ALLOWED = 200
DBT_LINE = "Build models and test them (dbt)"


@dataclass(frozen=True)
class Moment:
    """When to kill.

    Attributes:
        after: Text of the refresh's own report to wait for, or a file below `warehouse/`.
        share_of_dbt: How much of an undisturbed dbt step to let pass after that.
        options: What the refresh is started with.
        is_first: Whether nothing has been published before.
        with_children: Whether dbt is killed along with the refresh.
    """

    after: str
    share_of_dbt: float = 0.0
    options: tuple[str, ...] = ()
    is_first: bool = False
    with_children: bool = True


FULL = ("--full-refresh",)

# Each kill but the last of a row is followed by a refresh that is killed in turn.
MOMENTS = {
    "as it opens, between two tables, while events are read": (
        Moment("warehouse/.lock.holder"),
        Moment("Ingest commerce.customers", options=FULL),
        Moment("Ingest social.mentions", options=FULL),
    ),
    "in the landing gate, before dbt starts, as it does, and while it goes on alone": (
        Moment("Ingest commerce.orders"),
        Moment("Landing gate"),
        Moment("Settings and definitions", 0.3),
        Moment("Settings and definitions", 0.6, options=FULL, with_children=False),
    ),
    "while dbt builds for the first time": (
        Moment("Settings and definitions", 0.7, is_first=True),
    ),
    "in the mart gate, then as it publishes": (
        Moment("Keep dbt's test results"),
        Moment("warehouse/adplan.duckdb.new"),
    ),
}


@dataclass
class Reader:
    """Reads the published file over and over, as dashboards do.

    Attributes:
        seen: Distinct answers.
        errors: Everything that went wrong.
    """

    database: Path
    seen: set[object] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def reading(self) -> Iterator[None]:
        thread = threading.Thread(target=self._read)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _read(self) -> None:
        query = """
            select (select count(*) from customers.fct_orders),
                (select count(*) from conversions.fct_conversions where order_id is not null)
        """
        while not self._stop.wait(0.05):
            try:
                with duckdb.connect(str(self.database), read_only=True) as connection:
                    self.seen.add(connection.execute(query).fetchone())
            except duckdb.Error as error:
                self.errors.append(str(error))


def land_an_order(workspace: Path) -> None:
    file = own_folder(workspace, "commerce.orders") / "corrections.csv"
    file.write_text(
        "id,customer_id,email,status,currency_code,total,created_at,updated_at\n"
        "ord_new,,new@example.com,completed,USD,99.50,2026-01-20 10:00:00,2026-01-20 10:00:00\n"
    )


@dataclass(frozen=True)
class Undisturbed:
    """A refresh nobody killed: the marts it gave and the seconds of its dbt step."""

    marts: dict[str, list[tuple[object, ...]]]
    dbt_seconds: float


@pytest.fixture(scope="module")
def undisturbed(
    published_shop: Path, tmp_path_factory: pytest.TempPathFactory, adplan: Command
) -> Undisturbed:
    shop = copied(published_shop, tmp_path_factory.mktemp("undisturbed") / "shop")
    land_an_order(shop)
    result = adplan("refresh", "-w", shop)
    assert result.returncode == 0, result.stderr
    (seconds,) = re.findall(rf"{re.escape(DBT_LINE)}\s+([\d.]+) s", result.stderr)
    return Undisturbed(marts(shop), float(seconds))


def kill_at(moment: Moment, workspace: Path, dbt_seconds: float) -> str:
    """Start a refresh, kill it at a moment and return what it had reported by then."""
    log = workspace / "killed.log"
    with log.open("wb") as report:
        process = subprocess.Popen(
            [ADPLAN, "refresh", "-w", workspace, *moment.options],
            stderr=report,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    deadline = time.monotonic() + SECONDS_ALLOWED
    while not _has_come(moment, workspace, log):
        assert process.poll() is None, f"ended too soon: {log.read_text()}"
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.002)
    time.sleep(moment.share_of_dbt * dbt_seconds)
    assert process.poll() is None, f"ended too soon: {log.read_text()}"
    if moment.with_children:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    return log.read_text()


def _has_come(moment: Moment, workspace: Path, log: Path) -> bool:
    if moment.after.startswith("warehouse/"):
        return (workspace / moment.after).exists()
    return moment.after in log.read_text()


@pytest.fixture
def shop(published_shop: Path, simulated_workspace: Path, tmp_path: Path) -> Callable[[bool], Path]:
    """A shop with an order more than was published, or with nothing published at all."""

    def land(is_first: bool) -> Path:
        original = simulated_workspace if is_first else published_shop
        workspace = copied(original, tmp_path / "shop")
        land_an_order(workspace)
        return workspace

    return land


@pytest.mark.parametrize("name", MOMENTS)
def test_a_killed_refresh_is_completed_by_the_next(
    name: str, shop: Callable[[bool], Path], undisturbed: Undisturbed, adplan: Command
):
    moments = MOMENTS[name]
    is_first = any(moment.is_first for moment in moments)
    workspace = shop(is_first)
    published = workspace / "warehouse" / "adplan.duckdb"
    before = published.read_bytes() if published.exists() else None
    reader = Reader(published)
    if is_first:
        for moment in moments:
            kill_at(moment, workspace, undisturbed.dbt_seconds)
        assert not published.exists()
        rerun = adplan("refresh", "-w", workspace)
    else:
        with reader.reading():
            for moment in moments:
                kill_at(moment, workspace, undisturbed.dbt_seconds)
                assert published.read_bytes() == before
            rerun = adplan("refresh", "-w", workspace)
        assert reader.errors == []
        # The run before and the run after, and nothing between.
        assert len(reader.seen) == 2
    assert rerun.returncode == 0, rerun.stderr
    assert marts(workspace) == undisturbed.marts
    left = sorted(path.name for path in (workspace / "warehouse").iterdir())
    assert "adplan.duckdb.new" not in left
    assert "adplan.duckdb.wal" not in left
    assert ".lock.holder" not in left
