"""The commands beside `refresh` and `query`, and what all of them say of wrong input."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Command, copied

USAGE = 2
COMMANDS = ("init", "simulate", "refresh", "status", "query", "dagster")


@pytest.fixture(scope="module")
def shop(published_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(published_shop, tmp_path_factory.mktemp("commanded") / "shop")


@pytest.fixture
def workspace(tmp_path: Path, adplan: Command) -> Path:
    made = adplan("init", tmp_path / "shop")
    assert made.returncode == 0, made.stderr
    return tmp_path / "shop"


def test_help_names_every_command(adplan: Command):
    result = adplan("--help")
    assert result.returncode == 0
    assert all(command in result.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, adplan: Command):
    result = adplan(command, "--help")
    assert result.returncode == 0
    assert f"adplan {command}" in result.stdout
    if command not in ("init", "simulate"):
        assert "--workspace" in result.stdout


def test_a_workspace_is_made_once(tmp_path: Path, adplan: Command):
    folder = tmp_path / "my shop"
    first = json.loads(adplan("init", folder, "--json").stdout)
    assert first["workspace"] == str(folder)
    assert str(folder / "adplan.yaml") in first["written"]
    assert {path.name for path in (folder / "definitions").iterdir()} == {
        "goals.yaml", "segments.yaml", "experiments.yaml", "channels.csv",
        "campaign_overrides.csv", "stages.csv",
    }  # fmt: skip
    settings = folder / "adplan.yaml"
    settings.write_text(settings.read_text() + "# mine\n")
    again = adplan("init", folder)
    assert again.returncode == 0
    assert "nothing to write" in again.stdout
    assert settings.read_text().endswith("# mine\n")


def test_init_says_what_comes_next(tmp_path: Path, adplan: Command):
    folder = tmp_path / "a folder whose name is so long that no terminal shows it on one line"
    result = adplan("init", folder, COLUMNS="80")
    assert f"wrote {folder}/adplan.yaml\n" in result.stdout
    assert f"adplan refresh -w {folder}" in result.stdout


def test_init_refuses_a_file(tmp_path: Path, adplan: Command):
    (tmp_path / "file").write_text("")
    result = adplan("init", tmp_path / "file")
    assert result.returncode == USAGE
    assert "is a file: give a folder" in result.stderr


@pytest.mark.parametrize("command", ["refresh", "status", "query"])
def test_a_folder_that_is_no_workspace_is_refused(command: str, tmp_path: Path, adplan: Command):
    sql = ("select 1",) if command == "query" else ()
    for folder in (tmp_path, tmp_path / "missing"):
        result = adplan(command, "-w", folder, *sql)
        assert result.returncode == USAGE
        assert f"run `adplan init {folder}`" in result.stderr
        assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "01/02/2026", "2026-1-1"])
def test_a_day_that_is_none_is_refused(day: str, shop: Path, adplan: Command):
    result = adplan("refresh", "-w", shop, "--as-of", day)
    assert result.returncode == USAGE
    assert "accepted are a day as YYYY-MM-DD, today and latest" in result.stderr


WRONG = {
    "settings key": (
        "adplan.yaml",
        "curency: EUR\n",
        ("adplan.yaml, curency: unknown key, did you mean 'currency'?", "timezone"),
    ),
    "settings value": (
        "adplan.yaml",
        "attribution:\n  direct_handling: never\n",
        ("attribution.direct_handling", "'never'", "credit", "only_if_alone"),
    ),
    "timezone": ("adplan.yaml", "timezone: Mars/Olympus\n", ("timezone", "'Mars/Olympus'")),
    "goal field": (
        "definitions/goals.yaml",
        "goals:\n  - {name: big, conversion_type: purchase, on: order, value: totl}\n",
        ("goals.yaml, goal 'big', value: unknown field", "'totl'", "total"),
    ),
    "goal key": (
        "definitions/goals.yaml",
        "goals:\n  - {name: big, conversion_type: purchase, on: order, wehre: {total: 1}}\n",
        ("goals.yaml, goal 'big', wehre: unknown key, did you mean 'where'?",),
    ),
    "channel": (
        "definitions/channels.csv",
        "channel,source,medium,campaign\npaid_soical,x,,\n",
        ("channels.csv, line 2", "'paid_soical'", "paid_social"),
    ),
    "YAML": ("adplan.yaml", "name: {{ 1/0 }}\n", ("adplan.yaml", "accepted: plain YAML")),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_definition_is_told_by_file_key_and_what_is_accepted(
    mistake: str, shop: Path, adplan: Command, tmp_path: Path
):
    name, content, said = WRONG[mistake]
    published = shop / "warehouse" / "adplan.duckdb"
    before = published.read_bytes()
    kept = tmp_path / "kept"
    shutil.copy2(shop / name, kept)
    (shop / name).write_text(content)
    result = adplan("refresh", "-w", shop)
    shutil.copy2(kept, shop / name)
    assert result.returncode == USAGE, result.stdout + result.stderr
    assert all(part in result.stderr for part in said), result.stderr
    assert "Traceback" not in result.stderr
    assert published.read_bytes() == before


def test_status_tells_runs_freshness_rows_and_failed_checks(shop: Path, adplan: Command):
    report = json.loads(adplan("status", "-w", shop, "--json").stdout)
    assert report.keys() == {
        *("runs", "freshness", "stale_tables", "sources_not_read"),
        *("row_accounting", "failed_checks"),
    }
    assert report["sources_not_read"] == []
    assert report["runs"][0]["outcome"] == "published"
    assert report["runs"][0]["as_of"] == "2026-01-21"
    orders = [row for row in report["row_accounting"] if row["source_table"] == "commerce.orders"]
    assert [(row["rows_read"], row["rows_accepted"]) for row in orders] == [(283, 277)]
    # The simulation leaves an ad out that has spent money.
    failed = {(check["layer"], check["check_name"]) for check in report["failed_checks"]}
    assert ("landing", "ad_id_is_among_meta_ads_ads") in failed
    assert {check["severity"] for check in report["failed_checks"]} == {"warn"}
    (fresh,) = [row for row in report["freshness"] if row["source_table"] == "commerce.orders"]
    assert fresh["latest_event_at"].startswith("2026-01-21T")
    shown = adplan("status", "-w", shop).stdout
    assert all(title in shown for title in ("Runs", "Freshness", "Row accounting", "published"))


def test_status_of_a_new_workspace(workspace: Path, adplan: Command):
    assert json.loads(adplan("status", "-w", workspace, "--json").stdout) == {"runs": []}
    assert "Runs: none" in adplan("status", "-w", workspace).stdout


def test_the_record_of_a_refresh_is_json_and_nothing_else(shop: Path, adplan: Command):
    result = adplan("refresh", "-w", shop, "--json")
    record = json.loads(result.stdout)
    assert record["outcome"] == "unchanged"
    assert record["as_of"] == "2026-01-21"


@pytest.mark.parametrize("selection", ["no_such/asset", "group:no_such_group", "((("])
def test_a_selection_of_nothing_is_a_usage_error(selection: str, shop: Path, adplan: Command):
    result = adplan("refresh", "-w", shop, "--select", selection)
    assert result.returncode == USAGE, result.stdout + result.stderr
    assert f"select '{selection}'" in result.stderr


@pytest.mark.parametrize("is_simulated", [False, True])
def test_a_simulation_never_mixes_with_real_files(
    is_simulated: bool, workspace: Path, adplan: Command
):
    if is_simulated:
        made = adplan("simulate", workspace, "--days", 2, "--orders-per-day", 1)
        assert made.returncode == 0, made.stderr
    before = {path for path in workspace.glob("landing/**/*") if path.is_file()}

    mine = workspace / "landing" / "commerce" / "orders" / "mine.csv"
    mine.write_text("id,total\n1,2\n")
    result = adplan("simulate", workspace, "--days", 2, "--orders-per-day", 1)
    assert result.returncode == USAGE
    assert "already holds files that no simulation wrote" in result.stderr
    after = {path for path in workspace.glob("landing/**/*") if path.is_file()}
    assert after == {*before, mine}


def test_a_simulation_replaces_the_one_before(tmp_path: Path, adplan: Command):
    for days in (6, 3):
        made = adplan("simulate", tmp_path, "--days", days, "--orders-per-day", 2)
        assert made.returncode == 0, made.stderr
    days_landed = {path.name for path in tmp_path.glob("landing/web/sessions/date=*")}
    assert days_landed == {"date=2026-01-01", "date=2026-01-02", "date=2026-01-03"}
    assert "as_of: 2026-01-03" in (tmp_path / "adplan.yaml").read_text()


@pytest.mark.parametrize("option", [("--days", "0"), ("--orders-per-day", "-1")])
def test_a_shop_without_days_or_orders_is_a_usage_error(
    option: tuple[str, str], tmp_path: Path, adplan: Command
):
    result = adplan("simulate", tmp_path / "none", *option)
    assert result.returncode == USAGE
    assert not (tmp_path / "none").exists()


def test_a_run_that_breaks_between_its_steps_has_failed(
    workspace: Path, tmp_path: Path, adplan: Command
):
    # As if a file of the installation were missing: the gate cannot even be imported.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['expectations.gate'] = None\n"
    )
    result = adplan("refresh", "-w", workspace, PYTHONPATH=str(tmp_path))
    assert result.returncode == 1
    assert "expectations.gate" in result.stdout + result.stderr
    last = json.loads(adplan("status", "-w", workspace, "--json").stdout)["runs"][0]
    assert last["outcome"] == "failed"
    assert "expectations.gate" in last["error"]
