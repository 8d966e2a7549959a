"""A refresh after another: the same input gives the same tables, whatever the order it came in."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import Command, copied, marts, own_folder, rows

Marts = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def shop(published_shop: Path, tmp_path: Path) -> Path:
    return copied(published_shop, tmp_path / "shop")


@pytest.fixture(scope="module")
def shop_marts(published_shop: Path) -> Marts:
    return marts(published_shop)


@pytest.fixture
def refresh(adplan: Command) -> Callable[..., str]:
    """Refresh, which has to succeed, and return what became of it."""

    def run(workspace: Path, *options: object) -> str:
        result = adplan("refresh", "-w", workspace, "--json", *options)
        assert result.returncode == 0, result.stderr
        return str(json.loads(result.stdout)["outcome"])

    return run


def set_setting(workspace: Path, line: str, replacement: str) -> None:
    file = workspace / "adplan.yaml"
    text = file.read_text()
    assert line in text
    file.write_text(text.replace(line, replacement))


def rows_read(workspace: Path) -> dict[object, object]:
    """Rows the last run read, of the tables it read any of."""
    return dict(
        rows(
            workspace,
            "select source_table, rows_read from health.load_log where rows_read > 0 and run_id = "
            "(select run_id from health.runs order by started_at desc limit 1)",
        )
    )


def test_a_refresh_without_news_changes_nothing(shop: Path, adplan: Command):
    published = shop / "warehouse" / "adplan.duckdb"
    before = published.read_bytes()
    result = adplan("refresh", "-w", shop)
    assert result.returncode == 0, result.stderr
    assert "Nothing changed since the last published run" in result.stdout
    assert published.read_bytes() == before


def test_a_touched_file_is_read_again_and_changes_nothing(
    shop: Path, shop_marts: Marts, refresh: Callable[..., str]
):
    folder = own_folder(shop, "commerce.orders")
    newest = max(folder.glob("*.csv"), key=lambda path: path.stat().st_mtime_ns)
    os.utime(newest)
    assert refresh(shop) == "published"
    assert list(rows_read(shop)) == ["commerce.orders"]
    assert marts(shop) == shop_marts
    assert refresh(shop) == "unchanged"


def landed_until(source: Path, last_day: date) -> Iterator[Path]:
    """Landed files exported by the end of a day, as paths below landing/."""
    landing = source / "landing"
    for path in sorted(landing.rglob("*")):
        if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC).date() <= last_day:
            yield path.relative_to(landing)


# That a full refresh gives the same tables is shown where one waits for another (test_lock.py).
def test_landing_in_parts_equals_landing_at_once(
    simulated_workspace: Path, shop_marts: Marts, tmp_path: Path, refresh: Callable[..., str]
):
    growing = tmp_path / "growing"
    shutil.copytree(simulated_workspace, growing, ignore=shutil.ignore_patterns("landing"))
    reads = []
    for last_day in (date(2026, 1, 16), date(2026, 2, 28)):
        for relative in landed_until(simulated_workspace, last_day):
            target = growing / "landing" / relative
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(simulated_workspace / "landing" / relative, target)
        assert refresh(growing) == "published"
        reads.append(rows_read(growing).get("commerce.orders"))
    assert marts(growing) == shop_marts
    # Each refresh read the files that were new to it, and no file twice.
    truth = json.loads((growing / "truth" / "truth.json").read_text())
    assert all(reads)
    assert sum(reads) == truth["rows"]["commerce.orders"]["read"]


def test_a_removed_file_takes_its_rows_with_it(shop: Path, refresh: Callable[..., str]):
    folder = own_folder(shop, "commerce.orders")
    gone = folder / "orders_2026-01-10.csv"
    ids = {line.split(",")[0].strip('"') for line in gone.read_text().splitlines()[1:]}
    gone.unlink()
    assert refresh(shop) == "published"
    left = {order for (order,) in rows(shop, "select order_id from customers.fct_orders")}
    in_other_files = {
        line.split(",")[0].strip('"')
        for path in folder.glob("*.csv")
        for line in path.read_text().splitlines()[1:]
    }
    assert ids - in_other_files
    assert not left & (ids - in_other_files)


def test_other_settings_goals_and_day_and_back_again(
    shop: Path, shop_marts: Marts, refresh: Callable[..., str]
):
    set_setting(shop, "timezone: UTC", "timezone: Pacific/Auckland")
    goals = shop / "definitions" / "goals.yaml"
    # The experiments are decided by a goal that is about to be renamed.
    experiments = shop / "definitions" / "experiments.yaml"
    experiments.rename(experiments.with_suffix(".kept"))
    as_simulated = goals.read_text()
    goals.write_text(
        "goals:\n  - {name: paid, conversion_type: purchase, on: order, value: subtotal, "
        "counts_as_revenue: true}\n"
    )
    assert refresh(shop, "--as-of", "2026-01-10") == "published"
    assert rows(shop, "select distinct goal from conversions.fct_conversions") == [("paid",)]
    # Auckland is 13 hours ahead: its day ends at 11:00 UTC, and later orders belong to the next.
    (orders,) = rows(
        shop,
        "select count(*), count(*) filter (where order_date = (ordered_at + interval 13 hours)"
        "::date), max(ordered_at) <= '2026-01-10 11:05' from customers.fct_orders",
    )
    assert orders[0] == orders[1] > 0
    assert orders[2]
    (refused,) = rows(
        shop,
        "select rows_quarantined from health.load_log where source_table = 'commerce.orders' "
        "and rows_read > 0 order by loaded_at desc limit 1",
    )
    assert refused[0] > 5
    set_setting(shop, "timezone: Pacific/Auckland", "timezone: UTC")
    goals.write_text(as_simulated)
    experiments.with_suffix(".kept").rename(experiments)
    assert refresh(shop) == "published"
    assert marts(shop) == shop_marts
    told = rows(shop, "select distinct as_of::varchar from forecasts.past_revenue")
    assert told == [("2026-01-10",)]
