"""What Dagster sees: everything as assets, one job, one schedule, checks that block."""

import json
import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration.definitions import defs
from orchestration.defs.dbt.marts import MARTS
from orchestration.defs.sources.assets import source_key
from orchestration.ingestion.contract import TABLES
from orchestration.sources.registry import KINDS
from orchestration.workspace_tables import WORKSPACE_TABLES

PROJECT = Path(__file__).parents[3]

SCHEDULE = """
import json
from orchestration.definitions import defs
schedule = defs().resolve_schedule_def("daily_refresh_schedule")
print(json.dumps([schedule.cron_schedule, schedule.execution_timezone, schedule.job_name]))
"""


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    return defs().resolve_asset_graph()


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = json.loads(
        (PROJECT / "dbt_project" / "target" / "manifest.json").read_text()
    )["nodes"]
    return loaded


def schedule_of(workspace: Path | None) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != "ADPLAN_WORKSPACE"}
    if workspace is not None:
        environment["ADPLAN_WORKSPACE"] = str(workspace)
    loaded = subprocess.run(
        [sys.executable, "-c", SCHEDULE],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
    schedule: list[str] = json.loads(loaded.stdout.splitlines()[-1])
    return schedule


def test_definitions_load_without_a_workspace():
    assert schedule_of(None) == ["0 2 * * *", "UTC", "daily_refresh"]


def test_the_schedule_is_the_workspaces(tmp_path: Path):
    (tmp_path / "adplan.yaml").write_text(
        'timezone: America/New_York\nschedule:\n  cron: "30 5 * * 1-5"\n'
    )
    assert schedule_of(tmp_path) == ["30 5 * * 1-5", "America/New_York", "daily_refresh"]


def test_every_raw_table_is_an_asset_in_the_group_of_its_source(graph: AssetGraph):
    for table in TABLES:
        assert graph.get(dg.AssetKey([table.source, table.name])).group_name == table.source
    for name in WORKSPACE_TABLES:
        assert graph.get(dg.AssetKey(["workspace", name])).group_name == "workspace"


def test_every_model_and_seed_is_an_asset_in_a_group(
    graph: AssetGraph,
    manifest: dict[str, dict[str, object]],
):
    models = [node for node in manifest.values() if node["resource_type"] in ("model", "seed")]
    assert models
    for model in models:
        key = dg.AssetKey([str(model["schema"]), str(model["alias"])])
        assert graph.get(key).group_name not in ("", "default")


def test_every_asset_leads_from_landing_to_the_published_file(graph: AssetGraph):
    fetched = {table for kind in KINDS.values() for table in kind.tables}
    dropped = [table for table in TABLES if table.full_name not in fetched]
    raw = {dg.AssetKey([table.source, table.name]) for table in dropped}
    workspace = {dg.AssetKey(["workspace", name]) for name in WORKSPACE_TABLES}
    published = dg.AssetKey(["published", "adplan"])
    assert graph.get(published).parent_keys == {dg.AssetKey(mart.split(".")) for mart in MARTS}
    seeds = {key for key in graph.root_materializable_asset_keys if key not in raw}
    assert graph.root_materializable_asset_keys == raw | seeds
    assert not seeds & workspace
    assert {source_key(name) for name in KINDS} <= seeds
    assert all(graph.get(key).parent_keys <= graph.get_all_asset_keys() for key in workspace)


def test_the_job_runs_every_asset_and_check_in_one_process(graph: AssetGraph):
    job = defs().resolve_job_def("daily_refresh")
    days = {dg.AssetKey(["backfill", "days"])}
    assert job.asset_layer.executable_asset_keys == graph.materializable_asset_keys - days
    assert job.executor_def.name == "in_process"


def test_the_gates_block_what_comes_after_them(graph: AssetGraph):
    gates = {"landing_gate": [table.full_name for table in TABLES], "mart_gate": MARTS}
    for gate, tables in gates.items():
        for table in tables:
            check = graph.get(dg.AssetCheckKey(dg.AssetKey(table.split(".")), gate))
            assert check.blocking, (gate, table)


def test_everything_that_opens_the_warehouse_takes_turns():
    for assets in defs().assets or []:
        assert isinstance(assets, dg.AssetsDefinition)
        assert assets.op.pool == "warehouse", assets.op.name
