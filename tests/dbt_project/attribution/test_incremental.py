"""Days built one by one give the tables that a build of them all at once gives.

The shop lands late rows, refunds of old orders, re-exported ad days, and logins that say whose
earlier visits were. Ingestion and dbt are those of a refresh; Dagster and the gates, which
change nothing, are left out, so that ten builds take a minute and not three.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import prepare
from orchestration.runs.opening import open_run
from orchestration.warehouse import build_connection
from orchestration.workspace.init import initialise
from orchestration.workspace.paths import Workspace
from orchestration.workspace_tables import write_workspace_tables
from python_assets.simulation import ShopPlan, simulate_shop
from python_assets.simulation.dirt import LATE_RATE
from python_assets.simulation.landing import write_definitions, write_shop

DAYS = 16
# Built at once to begin with, as a shop begins with its history.
FIRST_DAYS = 7
LATE_SHARE = 0.02
# Short, so that days lie beyond it.
LOOKBACK_DAYS = 5

Rows = list[tuple[object, ...]]


class Warehouse:
    """A workspace built without Dagster and gates."""

    def __init__(self, workspace: Workspace, dbt_target: Path) -> None:
        self.workspace = workspace
        self._options = ["--project-dir", PROJECT_DIR, "--profiles-dir", PROJECT_DIR]
        self._options += ["--target-path", dbt_target, "--log-path", dbt_target]
        # Parsed once; dbt otherwise looks through the project before every build.
        parsed = dbtRunner().invoke(["--quiet", "parse", *map(str, self._options)])
        self._dbt = dbtRunner(manifest=parsed.result)
        self._is_built = False

    def build(self) -> None:
        """Load what landed and build everything that attribution needs, and it."""
        run = open_run(self.workspace, "run", as_of="", full_refresh=False)
        with build_connection(self.workspace, run.settings) as connection:
            prepare(connection, run.load_run)
            for table in TABLES:
                folder = self.workspace.landing / table.source / table.name
                load_table(connection, table, folder, run.load_run)
            write_workspace_tables(connection, run.settings, run.definitions, run.as_of_bound)
        selection = ["--select", "+path:models/marts/attribution"]
        if self._is_built:
            # Views stay as they are.
            selection += ["--exclude", "path:models/staging", "resource_type:seed"]
        arguments = ["--quiet", "build", "--exclude-resource-type", "test", "unit_test"]
        with _home(self.workspace.warehouse):
            result = self._dbt.invoke(
                [*arguments, *selection, *map(str, self._options), "--log-level-file=none"]
            )
        DuckDBConnectionManager.close_all_connections()
        assert result.success, result.exception
        self._is_built = True

    def rows(self, sql: str) -> Rows:
        with duckdb.connect(str(self.workspace.build_database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def digests(self) -> dict[object, object]:
        """What each day's credits were computed from."""
        if not self._is_built:
            return {}
        table = "intermediate.int_touch_credits"
        return dict(self.rows(f"select distinct converted_date, inputs_digest from {table}"))

    def tables(self) -> dict[str, Rows]:
        names = self.rows(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_schema = 'attribution' or table_name = 'int_touch_credits'"
        )
        return {str(name): self.rows(f"from {name} order by all") for (name,) in names}


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    before = os.environ["HOME"]
    os.environ["HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ["HOME"] = before


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with everything it exported, 2 % of the rows late."""
    folder = tmp_path_factory.mktemp("landed") / "shop"
    plan = ShopPlan(days=DAYS, orders_per_day=12, seed=5, dirt=LATE_SHARE / LATE_RATE)
    shop = simulate_shop(plan)
    write_definitions(shop, folder)
    initialise(folder)
    write_shop(shop, folder)
    (folder / "adplan.yaml").write_text(
        f"as_of: {plan.last_day}\nattribution: {{lookback_days: {LOOKBACK_DAYS}}}\n"
    )
    return folder


def without_landing(shop: Path, target: Path) -> Workspace:
    shutil.copytree(shop, target, ignore=shutil.ignore_patterns("landing", ".dagster"))
    return Workspace(target)


def exports(shop: Path) -> dict[date, list[Path]]:
    """Landed files by the day they were exported on."""
    files: dict[date, list[Path]] = {}
    for path in sorted((shop / "landing").rglob("*.*")):
        exported = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        files.setdefault(exported, []).append(path)
    return dict(sorted(files.items()))


def land(shop: Path, workspace: Workspace, files: list[Path]) -> None:
    for path in files:
        target = workspace.landing / path.relative_to(shop / "landing")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def test_days_one_by_one_equal_all_at_once(landed: Path, tmp_path: Path):
    by_day = exports(landed)
    assert len(by_day) >= DAYS
    daily = Warehouse(without_landing(landed, tmp_path / "daily"), tmp_path / "target")
    rewritten, kept = [], []
    days = list(by_day.values())
    history = [path for files in days[:FIRST_DAYS] for path in files]
    for files in [history, *days[FIRST_DAYS:]]:
        before = daily.digests()
        land(landed, daily.workspace, files)
        daily.build()
        after = daily.digests()
        rewritten.append({day for day in before if before[day] != after.get(day)})
        kept.append({day for day in before if before[day] == after.get(day)})

    at_once = Warehouse(without_landing(landed, tmp_path / "at_once"), tmp_path / "target")
    land(landed, at_once.workspace, [path for files in by_day.values() for path in files])
    at_once.build()
    expected, reached = at_once.tables(), daily.tables()
    assert sum(len(rows) for rows in expected.values()) > 10_000
    assert [name for name in expected if reached[name] != expected[name]] == []

    # Late rows, refunds and logins do reach back, and leave most days alone.
    longest = max(max(days) - min(days) for days in rewritten if days)
    assert longest > timedelta(days=LOOKBACK_DAYS)
    assert sum(map(len, kept)) > 2 * sum(map(len, rewritten))
