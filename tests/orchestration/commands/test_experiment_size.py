"""`adplan experiment size`: published sample sizes, and the days of a shop."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestration.cli import app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["experiment", "size", *map(str, arguments)])


def size(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    record: dict[str, Any] = json.loads(result.stdout)
    return record


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """60 visitors in the 28 days to 1 March in Los Angeles, each twice, and many at other times."""
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "adplan.yaml").write_text("timezone: America/Los_Angeles\n")
    with duckdb.connect(str(tmp_path / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute("""
            create schema health; create schema attribution;
            create table health.runs as
                select * from (values
                    (timestamp '2026-03-02 02:00', 'refused', date '2026-03-05'),
                    (timestamp '2026-03-01 02:00', 'published', date '2026-03-01'),
                    (timestamp '2026-02-01 02:00', 'published', date '2026-02-01')
                ) as runs (started_at, outcome, as_of);
            create table attribution.fct_touchpoints as
                -- the first and the last moment of the 28 days in Los Angeles
                select 'v' || i as visitor_id, timestamp '2026-02-02 08:00' as touched_at
                from range(60) as visits (i)
                union all
                select 'v' || i, timestamp '2026-03-02 07:59:59' from range(60) as visits (i)
                union all
                select 'early' || i, timestamp '2026-02-02 07:59:59' from range(99) as visits (i)
                union all
                select 'late' || i, timestamp '2026-03-02 08:00' from range(99) as visits (i)
                union all
                select null, timestamp '2026-02-10 08:00' from range(99) as visits (i);
        """)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "per_arm", "days", "weeks"),
    [
        (["--baseline", 0.2, "--effect", 0.05, "--traffic", 1094], 1094, 2, 7),
        (["--baseline", 0.2, "--effect", 0.25, "--relative", "--traffic", 1000], 1094, 3, 7),
        (["--baseline", 0.03, "--effect", 0.1, "--relative", "--traffic", 5000], 53211, 22, 28),
        (
            ["--baseline", 0.03, "--effect", 0.1, "--relative", "--traffic", 5000, "--arms", 3],
            64439,
            39,
            42,
        ),
        # Cohen (1988): d = 0.5 takes 64 in each group.
        (["--metric", "mean", "--effect", 5, "--standard-deviation", 10, "--traffic", 9],
         64, 15, 21),
        (
            ["--metric", "mean", "--baseline", 50, "--effect", -0.1, "--relative",
             "--standard-deviation", 10, "--traffic", 9],
            64,
            15,
            21,
        ),
    ],
)  # fmt: skip
def test_sizes_and_days(arguments: list[object], per_arm: int, days: int, weeks: int):
    found = size(*arguments)
    assert found["sample_size_per_arm"] == per_arm
    assert found["sample_size"] == per_arm * found["arms"]
    assert (found["days"], found["days_in_whole_weeks"]) == (days, weeks)
    assert found["traffic_source"] == "as given"
    shown = run(*arguments).stdout
    assert shown.startswith(f"{per_arm:,} units per arm, {per_arm * found['arms']:,} in total: ")
    assert f"\n{weeks} days, in whole weeks ({days} days at " in shown


def test_days_are_told_at_the_traffic_of_the_shop(shop: Path):
    found = size("--baseline", 0.2, "--effect", 0.05, "-w", shop)
    # 60 visitors in 28 days; 2,188 are needed.
    assert found["units_per_day"] == 60 / 28
    assert (found["days"], found["days_in_whole_weeks"]) == (1022, 1022)
    assert found["traffic_source"] == "60 distinct visitors in the 28 days to 2026-03-01"


def test_a_young_shop_is_judged_by_the_days_it_has(shop: Path):
    with duckdb.connect(str(shop / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute(
            "delete from attribution.fct_touchpoints where touched_at < timestamp '2026-03-02'"
        )
    assert size("--baseline", 0.2, "--effect", 0.05, "-w", shop)["units_per_day"] == 60


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ("delete from attribution.fct_touchpoints", "no visitor came in the 28 days to 2026-03-01"),
        ("delete from health.runs", "no run has been published yet"),
        ("drop table attribution.fct_touchpoints", "the published tables have no visitors"),
        ("alter table attribution.fct_touchpoints drop visitor_id", "have no visitors"),
        (None, "has no published tables yet: run `adplan refresh"),
    ],
)
def test_unknown_traffic_is_told_with_its_reason(shop: Path, spoil: str | None, reason: str):
    file = shop / "warehouse" / "adplan.duckdb"
    if spoil is None:
        file.unlink()
    else:
        with duckdb.connect(str(file)) as connection:
            connection.execute(spoil)
    found = size("--baseline", 0.2, "--effect", 0.05, "-w", shop)
    assert (found["days"], found["days_in_whole_weeks"], found["units_per_day"]) == (None,) * 3
    assert found["sample_size_per_arm"] == 1094
    assert reason in found["traffic_source"]
    assert "--traffic" in found["traffic_source"]
    assert (
        "How many days is not known: "
        in run("--baseline", 0.2, "--effect", 0.05, "-w", shop).stdout
    )


def test_a_size_takes_no_workspace(tmp_path: Path):
    found = size("--baseline", 0.2, "--effect", 0.05, "-w", tmp_path)
    assert found["sample_size"] == 2188
    assert "neither adplan.yaml nor landing/" in found["traffic_source"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--effect", 0.05], "--baseline: missing"),
        (["--effect", 0.05, "--relative", "--metric", "mean", "--standard-deviation", 1],
         "--baseline: missing"),
        (["--effect", 0, "--baseline", 0.2], "--effect: no difference is never found"),
        (["--effect", 0.1, "--relative", "--baseline", 0], "--effect: no difference"),
        (["--effect", 0.1, "--baseline", 20], "--baseline: it makes a rate of 20"),
        (["--effect", 0.9, "--baseline", 0.2], "--effect: it makes a rate of 1.1"),
        (["--effect", -0.3, "--baseline", 0.2], "--effect: it makes a rate of -0.1"),
        (["--effect", 0.1, "--baseline", 0.2, "--power", 1], "--power: given 1.0; accepted is"),
        (["--effect", 0.1, "--baseline", 0.2, "--confidence", 95], "more than 0.5 and less than 1"),
        (["--effect", 0.1, "--baseline", 0.2, "--traffic", 0], "--traffic: given 0.0"),
        (["--effect", "nan", "--baseline", 0.2], "--effect: given nan"),
        (["--effect", 1e-200, "--baseline", 0.2], "--effect: 1e-200 is too small"),
        (["--effect", 1e-200, "--metric", "mean", "--standard-deviation", 1], "is too small"),
        (["--effect", 0.1, "--baseline", "nan"], "--baseline: it makes a rate of nan"),
        (["--effect", 0.1, "--metric", "mean"], "--standard-deviation: missing"),
        (["--effect", 0.1, "--metric", "mean", "--standard-deviation", -1],
         "--standard-deviation: given -1.0; accepted is a number more than 0"),
        (["--effect", 0.1, "--baseline", 0.2, "--standard-deviation", 1], "--metric mean only"),
        (["--effect", 0.1, "--metric", "ctr"], "--metric: given 'ctr'; accepted are"),
        (["--effect", 0.1, "--baseline", 0.2, "--arms", 1], "--arms"),
    ],
)  # fmt: skip
def test_what_has_no_size_is_refused(arguments: list[object], part: str):
    result = run(*arguments)
    assert result.exit_code == 2
    assert part in " ".join(result.stderr.replace("│", " ").split())
