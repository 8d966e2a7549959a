"""`adplan segment` on a published file made by hand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestration.as_of import AsOf
from orchestration.cli import app
from orchestration.commands.console import out
from orchestration.segments.building import build_segments
from orchestration.workspace.segments import known_beside, load_segments

DEFINITIONS = """
segments:
  - {name: Buyers, type: rfm, rules: {all: [{field: total_orders, operator: ">=", value: "1"}]}}
  - {name: Frozen, type: custom, auto_update: false,
     rules: {all: [{field: orders, operator: ">", value: 0}]}, manual_members: [cid, nobody]}
  - {name: Picked, auto_update: false, manual_members: [ann]}
"""

TABLES = """
create schema health; create schema customers; create schema journeys;
create table health.runs as
    select * from (values
        (timestamp '2026-03-02 02:00', 'refused', date '2026-03-02'),
        (timestamp '2026-03-01 02:00', 'published', date '2026-03-01'),
        (timestamp '2026-02-01 02:00', 'published', date '2026-02-01')
    ) as runs (started_at, outcome, as_of);
create table customers.dim_people as
    select * from (values
        ('ann', 'ann', 3, 30.5::double, timestamp '2026-03-01 12:00'),
        ('bob', 'bob', 1, 99.0, timestamp '2026-02-01 12:00'),
        ('cid', null, 0, null, timestamp '2026-02-28 12:00')
    ) as people (person_id, customer_id, orders, revenue, last_seen_at);
create table journeys.fct_journey_events as
    select 'ann' as person_id, 'purchase' as event_type, date '2026-02-27' as occurred_date;
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace whose tables are published, its segments too."""
    root = tmp_path / "shop"
    (root / "definitions").mkdir(parents=True)
    (root / "warehouse").mkdir()
    (root / "landing").mkdir()
    (root / "adplan.yaml").write_text("timezone: UTC\n")
    file = root / "definitions" / "segments.yaml"
    file.write_text(DEFINITIONS)
    with duckdb.connect(str(root / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute(TABLES)
        as_of = AsOf(date(2026, 3, 1), "UTC")
        build_segments(connection, load_segments(file), known_beside(file), as_of)
    return root


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["segment", *map(str, arguments)], env={"COLUMNS": "250"})


def listed(shop: Path) -> dict[str, dict[str, Any]]:
    result = run("list", "-w", shop, "--json")
    assert result.exit_code == 0, result.output
    return {row["segment"]: row for row in json.loads(result.stdout)}


def previewed(shop: Path, rules: object, *options: object) -> dict[str, Any]:
    result = run("preview", rules, "-w", shop, "--json", *options)
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_segments_are_listed_with_their_members(shop: Path):
    assert listed(shop) == {
        "Buyers": {
            "segment": "Buyers",
            "description": "",
            "type": "rfm",
            "auto_update": True,
            "members": 2,
            "manual_members": 0,
            "rebuilt_on": "2026-03-01",
            "is_built": True,
            "state": "built",
        },
        "Frozen": {
            "segment": "Frozen",
            "description": "",
            "type": "custom",
            "auto_update": False,
            "members": 1,
            "manual_members": 1,
            "rebuilt_on": None,
            "is_built": True,
            "state": "rules never applied: `adplan segment rebuild` does; "
            "1 unknown in manual_members",
        },
        "Picked": {
            "segment": "Picked",
            "description": "",
            "type": "custom",
            "auto_update": False,
            "members": 1,
            "manual_members": 1,
            "rebuilt_on": None,
            "is_built": True,
            "state": "built",
        },
    }


def test_what_is_new_since_the_last_run_is_told(shop: Path):
    file = shop / "definitions" / "segments.yaml"
    file.write_text(DEFINITIONS.replace('"1"', '"2"') + "  - {name: New, manual_members: [ann]}\n")
    rows = listed(shop)
    assert rows["Buyers"]["state"] == "rules changed since: the next refresh applies them"
    assert rows["New"]["state"] == "not built yet: the next refresh does"
    assert rows["New"]["members"] is None
    assert rows["New"]["is_built"] is False


@pytest.mark.parametrize("published", ["missing", "older"])
def test_segments_can_be_listed_before_they_are_published(shop: Path, published: str):
    file = shop / "warehouse" / "adplan.duckdb"
    if published == "missing":
        file.unlink()
    else:
        with duckdb.connect(str(file)) as connection:
            connection.execute("drop table customers.segments")
    assert {row["is_built"] for row in listed(shop).values()} == {False}


def test_the_list_for_people(shop: Path, monkeypatch: pytest.MonkeyPatch):
    # Said to the console itself: it has read the width of the terminal when it was made.
    monkeypatch.setattr(out, "width", 200)
    result = run("list", "-w", shop)
    assert result.exit_code == 0
    for part in ("auto update", "rebuilt on", "Buyers", "yes", "no", "2026-03-01", "rules never"):
        assert part in result.stdout
    (shop / "definitions" / "segments.yaml").unlink()
    assert "has no segments yet" in run("list", "-w", shop).stdout


BUYERS = {"all": [{"field": "orders", "operator": ">=", "value": 1}]}


@pytest.mark.parametrize(
    "given",
    [
        json.dumps(BUYERS),
        "all: [{field: total_orders, operator: '>=', value: '1'}]",
        "{field: orders, operator: greater_than, value: 0}",
        "rules: {all: [{field: orders, operator: greater_than, value: 0}]}",
        "Buyers",
        " Buyers ",
    ],
)
def test_rules_are_tried_however_they_are_given(shop: Path, given: str):
    assert previewed(shop, given) == {
        "people": 2,
        "of_people": 3,
        "share": 2 / 3,
        "as_of": "2026-03-01",
        "first": [
            {"person_id": "bob", "orders": 1, "revenue": 99.0},
            {"person_id": "ann", "orders": 3, "revenue": 30.5},
        ],
    }


def test_rules_are_read_from_files(shop: Path, tmp_path: Path):
    file = tmp_path / "rules.yaml"
    file.write_text(json.dumps(BUYERS))
    assert previewed(shop, file)["people"] == 2
    assert previewed(shop, f"@{file}", "--limit", 1)["first"] == [
        {"person_id": "bob", "orders": 1, "revenue": 99.0}
    ]
    missing = run("preview", f"@{tmp_path / 'none'}", "-w", shop)
    assert missing.exit_code == 2
    assert "cannot be read (No such file or directory)" in missing.stderr


def test_days_are_counted_from_the_day_of_the_published_run(shop: Path):
    seen = "{field: last_seen_at, operator: within_days, value: 0}"
    assert [row["person_id"] for row in previewed(shop, seen)["first"]] == ["ann"]
    bought = "{field: event_count, event_type: purchase, within_days: %d, operator: '>', value: 0}"
    assert previewed(shop, bought % 2)["people"] == 1
    assert previewed(shop, bought % 1) == {
        "people": 0,
        "of_people": 3,
        "share": 0.0,
        "as_of": "2026-03-01",
        "first": [],
    }


def test_the_preview_for_people(shop: Path):
    result = run("preview", "Buyers", "-w", shop)
    assert result.stdout.startswith("2 people, 66.7% of 3, as of 2026-03-01.")
    assert "30.50" in result.stdout


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        (
            "{field: ordrs, operator: '>', value: 1}",
            ["RULES, all[1].field: unknown field", "orders"],
        ),
        ("{al: []}", ["RULES, al: unknown key, did you mean 'all'?"]),
        ("{field: orders}", ["RULES, all[1].operator: missing key"]),
        ("{all: [", ["RULES: neither a file nor YAML or JSON"]),
        ("rules: 3", ["RULES: given 3; accepted: keys with values"]),
        ("Byers", ["RULES: given 'Byers'", "a segment of segments.yaml: 'Buyers', "]),
        ("Picked", ["segment 'Picked' has no rules: all are named by hand"]),
        ("'; drop table customers.dim_people; --", ["RULES: neither"]),
    ],
)
def test_wrong_rules_are_told(shop: Path, given: str, parts: list[str]):
    result = run("preview", given, "-w", shop)
    assert result.exit_code == 2
    for part in parts:
        assert part in result.stderr


def test_a_preview_needs_published_tables_of_this_version(shop: Path):
    database = shop / "warehouse" / "adplan.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("alter table customers.dim_people drop column orders")
    older = run("preview", "Buyers", "-w", shop)
    assert older.exit_code == 2
    assert "are of another version of adplan: run `adplan refresh -w" in older.stderr
    database.unlink()
    missing = run("preview", "Buyers", "-w", shop)
    assert missing.exit_code == 2
    assert "has no published tables yet" in missing.stderr


def test_a_preview_writes_nothing(shop: Path):
    database = shop / "warehouse" / "adplan.duckdb"
    before = database.read_bytes()
    previewed(shop, "{field: revenue, operator: '>', value: 1}")
    assert database.read_bytes() == before
    assert [path.name for path in (shop / "warehouse").iterdir()] == ["adplan.duckdb"]


@pytest.mark.parametrize(
    ("definitions", "message"),
    [
        (DEFINITIONS, "segment 'Frozn': accepted are those of definitions/segments.yaml, closest"),
        ("segments: []", "segment 'Frozn': definitions/segments.yaml has none yet"),
    ],
)
def test_a_rebuild_of_an_unknown_segment_names_those_there_are(
    shop: Path, definitions: str, message: str
):
    (shop / "definitions" / "segments.yaml").write_text(definitions)
    result = run("rebuild", "Buyers", "Frozn", "-w", shop) if "Buy" in definitions else None
    result = result or run("rebuild", "Frozn", "-w", shop)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (shop / ".dagster").exists()


def test_a_rebuild_names_at_least_one_segment(shop: Path):
    result = run("rebuild", "-w", shop)
    assert result.exit_code == 2
    assert "NAME" in result.stderr
