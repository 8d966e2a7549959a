"""Segments in a real refresh: after the gate of the marts, through their own, and published."""

import json
from pathlib import Path

import pytest

from orchestration.runs.opening import open_run
from orchestration.runs.refresh import RefreshOptions, _run_config, _unchanged
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.paths import Workspace
from tests.conftest import Command, rows

LANDED = {
    "commerce.customers": "id,email,created_at\n"
    "ann,ann@x.org,2026-01-01\nbob,bob@x.org,2026-01-01\n",
    "commerce.orders": "id,customer_id,status,currency_code,total,created_at\n"
    "1,ann,completed,USD,300,2026-02-20T12:00:00\n2,bob,completed,USD,20,2026-02-21T12:00:00\n",
}

DEFINITIONS = """
segments:
  - {name: Big, rules: {all: [{field: total_spent, operator: ">=", value: "300"},
      {field: event_count, event_type: purchase, within_days: 30, operator: ">=", value: 1}]}}
  - {name: Frozen, auto_update: false, manual_members: [nobody],
     rules: {all: [{field: last_order_at, operator: within_days, value: 30}]}}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("segments") / "shop"
    (root / "definitions").mkdir(parents=True)
    (root / "adplan.yaml").write_text("as_of: 2026-03-01\ncurrency: USD\n")
    (root / "definitions" / "segments.yaml").write_text(DEFINITIONS)
    for table, text in LANDED.items():
        folder = root / "landing" / table.replace(".", "/")
        folder.mkdir(parents=True)
        (folder / "all.csv").write_text(text)
    return root


def _members(shop: Path) -> list[tuple[object, ...]]:
    return rows(
        shop,
        "select segment, person_id, added_reason, valid_from::varchar, valid_to "
        "from customers.segment_members order by all",
    )


def test_the_names_to_rebuild_reach_the_run(shop: Path):
    workspace = Workspace.open(shop)
    run = open_run(workspace, "r", as_of="", full_refresh=False, rebuild_segments=["Frozen"])
    assert run.rebuild_segments == ("Frozen",)
    with pytest.raises(WorkspaceError, match=r"segment 'frozen': accepted are .*: 'Frozen', 'Big'"):
        open_run(workspace, "r", as_of="", full_refresh=False, rebuild_segments=["frozen"])
    config = _run_config(shop, RefreshOptions(rebuild_segments=("Frozen",)))
    assert "'rebuild_segments': ['Frozen']" in str(config)


def test_segments_are_built_published_and_kept(shop: Path, adplan: Command):
    first = adplan("segment", "rebuild", "Frozen", "-w", shop)
    assert first.returncode == 0, first.stderr
    assert "2 segments: 3 in, 0 out, 1 unknown ids" in first.stderr
    built = _members(shop)
    assert built == [
        ("Big", "ann", "rule", "2026-03-01", None),
        ("Frozen", "ann", "rule", "2026-03-01", None),
        ("Frozen", "bob", "rule", "2026-03-01", None),
    ]
    undescribed = """
        select column_name from duckdb_columns()
        where table_name in ('segments', 'segment_members') and comment is null
    """
    assert rows(shop, undescribed) == []
    warned = """
        select severity, offending_rows from health.checks
        where not passed and check_name = 'named_by_hand_are_people'
    """
    named = '[{"segment": "Frozen", "unknown_members": ["nobody"]}]'
    assert rows(shop, warned) == [("warn", named)]

    # Nothing has changed since, and yet the command has something to do.
    workspace = Workspace.open(shop)
    assert _unchanged(workspace, RefreshOptions()) is not None
    assert _unchanged(workspace, RefreshOptions(rebuild_segments=("Frozen",))) is None

    # Everything is built anew but the history.
    anew = adplan("refresh", "-w", shop, "--full-refresh", "--as-of", "2026-03-02")
    assert anew.returncode == 0, anew.stderr
    assert _members(shop) == built
    listed = json.loads(adplan("segment", "list", "-w", shop, "--json").stdout)
    assert [(one["members"], one["rebuilt_on"]) for one in listed] == [
        (1, "2026-03-02"),
        (2, "2026-03-01"),
    ]
