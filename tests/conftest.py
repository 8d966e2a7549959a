"""What every test may use: the command, workspaces of real businesses, a simulated shop."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from xdist.scheduler import LoadFileScheduling

SHARED = Path(__file__).parents[2] / "shared"
ADPLAN = str(Path(sys.executable).with_name("adplan"))

Command = Callable[..., "subprocess.CompletedProcess[str]"]


# Two processes share the files, a file at a time; what takes minutes comes first, so that neither
# process is left alone with it at the end.
LONGEST_FIRST = ("tests/end_to_end", "tests/dbt_project", "tests/reports", "tests/orchestration")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the files by how long they take."""

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(config.rootpath).as_posix()
        starts = [folder.startswith(one) for one in LONGEST_FIRST]
        return starts.index(True) if any(starts) else len(starts)

    items.sort(key=rank)


class FileByFile(LoadFileScheduling):
    """Files by process; tests of the site, which takes a minute to build, are all in one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/reports" if file.startswith("tests/reports/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FileByFile:
    """Say how processes share the files."""
    return FileByFile(config, log)


@pytest.fixture(scope="session")
def adplan() -> Command:
    """Run `adplan` as a user would, in a process of its own."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ADPLAN, *map(str, arguments)],
            env={**os.environ, "COLUMNS": "200", **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def real_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Copy the data of a real business, to be refreshed without touching the original."""

    def copy(name: str) -> Path:
        original = SHARED / "data" / "workspaces" / name
        if not original.is_dir():
            pytest.skip(
                f"{original} is absent: the real workspaces are not part of this repository"
            )
        target = tmp_path_factory.mktemp("real") / name
        shutil.copytree(original, target)
        return target

    return copy


@pytest.fixture(scope="session")
def simulated_workspace(tmp_path_factory: pytest.TempPathFactory, adplan: Command) -> Path:
    """A small simulated shop that has been landed but not refreshed; copy it to change it."""
    folder = tmp_path_factory.mktemp("simulated") / "shop"
    made = adplan("simulate", folder, "--days", 21, "--orders-per-day", 12, "--seed", 11)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def published_shop(
    tmp_path_factory: pytest.TempPathFactory, simulated_workspace: Path, adplan: Command
) -> Path:
    """The simulated shop after a first refresh; `copied` gives one to change."""
    folder = tmp_path_factory.mktemp("published") / "shop"
    shutil.copytree(simulated_workspace, folder)
    refreshed = adplan("refresh", "-w", folder)
    assert refreshed.returncode == 0, refreshed.stderr
    return folder


def copied(workspace: Path, target: Path) -> Path:
    """Copy a workspace so that a refresh of the copy knows its landed files.

    A file is known by its change time too, which no copy can keep. So landing folders are links
    to the original's; `own_folder` makes one of them real before a test changes what is in it.
    """
    target.mkdir(parents=True)
    for entry in workspace.iterdir():
        if entry.is_dir() and entry.name != "landing":
            shutil.copytree(entry, target / entry.name)
        elif entry.is_file():
            shutil.copy2(entry, target / entry.name)
    for folder in (workspace / "landing").glob("*/*"):
        link = target / "landing" / folder.parent.name / folder.name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(folder.resolve())
    return target


def own_folder(workspace: Path, table: str) -> Path:
    """Return the landing folder of a table such as `commerce.orders`, free to be changed."""
    folder = workspace / "landing" / table.replace(".", "/")
    if folder.is_symlink():
        original = folder.resolve()
        folder.unlink()
        shutil.copytree(original, folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rows(workspace: Path, sql: str) -> list[tuple[object, ...]]:
    """Query the published file of a workspace."""
    database = workspace / "warehouse" / "adplan.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def marts(workspace: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every published table, ordered, for exact comparison.

    But the health of runs, and what earlier runs had forecast.
    """
    # The figures that tell of the runs themselves.
    health_metrics = "where metric not in ('data_freshness', 'run_success', 'cost_per_query')"
    tables = rows(
        workspace,
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_schema <> 'health' and not starts_with(table_name, 'past_') order by all",
    )
    kept = {"metrics.metric_values": health_metrics}
    return {
        str(name): rows(workspace, f"select * from {name} {kept.get(name, '')} order by all")
        for (name,) in tables
    }


def expected_of(workspace: Path) -> dict[str, object]:
    """Return the numbers a real workspace has to reach."""
    expected: dict[str, object] = json.loads((workspace / "expected.json").read_text())
    return expected
