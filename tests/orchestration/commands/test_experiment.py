"""`adplan experiment` on a workspace made by hand."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.commands.console import errors, out
from orchestration.workspace.experiments import load_experiments

DEFINITIONS = """\
# Ours
experiments:
  - {name: spring, type: bidding, status: completed, started_at: 2026-03-01, ended_at: 2026-03-20}

  # the banner
  - name: banner  # blue
    type: ad_creative
    status: running
    guardrail_metrics: [revenue]
    variants: [{name: control, split: 0.5, is_control: true}, {name: bright, split: 0.5}]
    started_at: 2026-03-01
  - name: idea
    type: budget
"""

RESULTS = """
create schema experiments;
create table experiments.results as
    select * from (values
        ('banner', 'bright', 'revenue', 'guardrail', 980, 0.98::double, null, 'watch', null, 1.5),
        ('banner', 'bright', 'conversion_rate', 'primary', 980, 0.98, null, null, 'too few', 2.5)
    ) as results (
        experiment, variant, metric, metric_role, sample_size, progress, winner, recommendation,
        why_not, lift
    );
"""


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    # Said to the consoles themselves: they have read the width when they were made.
    monkeypatch.setattr(out, "width", 200)
    monkeypatch.setattr(errors, "width", 200)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    (root / "definitions").mkdir(parents=True)
    (root / "landing").mkdir()
    (root / "warehouse").mkdir()
    (root / "adplan.yaml").write_text("timezone: Europe/Berlin\n")
    (root / "definitions" / "experiments.yaml").write_text(DEFINITIONS)
    return root


@pytest.fixture
def published(shop: Path) -> Path:
    with duckdb.connect(str(shop / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute(RESULTS)
    return shop


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["experiment", *map(str, arguments)])


def read(*arguments: object) -> Any:  # noqa: ANN401 (what is printed)
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def text(shop: Path) -> str:
    return (shop / "definitions" / "experiments.yaml").read_text()


def refused(shop: Path, *arguments: object) -> str:
    before = text(shop)
    result = run(*arguments, "-w", shop)
    assert result.exit_code == 2, result.output
    assert text(shop) == before
    return " ".join(result.stderr.split())


def test_experiments_are_listed(shop: Path):
    rows = read("list", "-w", shop)
    assert [row["experiment"] for row in rows] == ["spring", "banner", "idea"]
    assert rows[1] == {
        "experiment": "banner",
        "type": "ad_creative",
        "status": "running",
        "primary_metric": "conversion_rate",
        "started_at": "2026-02-28T23:00:00+00:00",
        "paused_at": None,
        "ended_at": None,
        "results": [],
    }
    shown = run("list", "-w", shop).stdout
    for part in ("spring", "completed", "2026-03-01", "banner", "draft"):
        assert part in shown


def test_published_results_are_listed(published: Path):
    (guardrail, primary) = sorted(
        read("list", "-w", published)[1]["results"], key=lambda row: str(row["metric_role"])
    )
    assert guardrail["recommendation"] == "watch"
    assert primary == {
        "variant": "bright",
        "metric": "conversion_rate",
        "metric_role": "primary",
        "sample_size": 980,
        "progress": 0.98,
        "winner": None,
        "recommendation": None,
        "why_not": "too few",
    }
    shown = run("list", "-w", published).stdout
    assert "980 (98%)" in shown
    assert "banner: too few\n" in shown
    assert "watch" not in shown


def test_a_published_file_without_results_has_none(shop: Path):
    with duckdb.connect(str(shop / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute("create table other as select 1 as one")
    assert read("show", "banner", "-w", shop)["results"] == []
    assert "No results of it are published yet." in run("show", "banner", "-w", shop).stdout


def test_results_of_another_version_may_lack_columns(shop: Path):
    with duckdb.connect(str(shop / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute("create schema experiments")
        connection.execute("create table experiments.results as select 'idea' as experiment")
    assert read("list", "-w", shop)[2]["results"][0]["sample_size"] is None
    assert run("list", "-w", shop).exit_code == run("show", "idea", "-w", shop).exit_code == 0


def test_one_is_shown_with_its_definition_and_results(published: Path):
    shown = read("show", "banner", "-w", published)
    assert shown["guardrail_metrics"] == ["revenue"]
    assert shown["variants"][0] == {
        "name": "control",
        "split": 0.5,
        "is_control": True,
        "ad_sets": [],
    }
    assert [row["lift"] for row in shown["results"]] == [2.5, 1.5]
    page = run("show", "banner", "-w", published).stdout
    for part in ("control 0.5 (control)", "bright 0.5", "2026-03-01", "watch", "too few"):
        assert part in page


def test_no_experiments_yet(shop: Path):
    (shop / "definitions" / "experiments.yaml").unlink()
    assert "has no experiments yet" in run("list", "-w", shop).stdout
    assert read("list", "-w", shop) == []
    assert "has none yet" in " ".join(run("show", "x", "-w", shop).stderr.split())


def test_a_draft_is_created_edited_and_deleted(shop: Path):
    done = read(
        "create", "sale", "-w", shop, "--type", "audience", "--metric", "revenue",
        "--goal", "purchase", "--unit", "customer", "--variant", "now=0.4",
        "--variant", "broad = 0.6", "--control", "now", "--ad-set", "now=1", "--ad-set", "broad=2",
        "--ad-set", "broad=3", "--confidence", "0.9", "--target", 500, "--minimum-effect", "0.2",
        "--window-days", 7, "--guardrail", "ctr", "--dimension", "country", "--dimension", "device",
        "--ends", "2026-12-01", "--description", "why: not",
    )  # fmt: skip
    assert (done["change"], done["experiment"]["status"]) == ("added", "draft")
    lines = """\
  - name: sale
    description: "why: not"
    type: audience
    status: draft
    primary_metric: revenue
    guardrail_metrics: [ctr]
    goal: purchase
    unit: customer
    dimensions: [country, device]
    variants: [{name: now, split: 0.4, is_control: true, ad_sets: ["1"]}, \
{name: broad, split: 0.6, ad_sets: ["2", "3"]}]
    confidence_level: 0.9
    target_sample_size: 500
    minimum_effect: 0.2
    conversion_window_days: 7
    ended_at: 2026-12-01
"""
    assert text(shop) == DEFINITIONS + lines
    told = run("edit", "sale", "-w", shop, "--control", "broad", "--unset", "goal", "--target", 9)
    assert "changed experiment 'sale' in " in told.stdout
    edited = (
        lines.replace("    goal: purchase\n", "")
        .replace('split: 0.4, is_control: true, ad_sets: ["1"]', 'split: 0.4, ad_sets: ["1"]')
        .replace('ad_sets: ["2", "3"]', 'ad_sets: ["2", "3"], is_control: true')
        .replace("500", "9")
    )
    assert text(shop) == DEFINITIONS + edited
    assert read("edit", "sale", "-w", shop, "--target", 9)["change"] == "unchanged"
    assert "nothing to write" in run("edit", "sale", "-w", shop, "--target", 9).stdout
    assert read("edit", "sale", "--rename", "may", "-w", shop)["experiment"]["name"] == "may"
    assert "removed the draft 'may' from " in run("delete", "may", "-w", shop).stdout
    assert text(shop) == DEFINITIONS


def test_variants_keep_what_is_not_given(shop: Path):
    create = ("create", "x", "-w", shop, "--type", "budget", "--variant", "a=0.5")
    assert run(*create, "--variant", "b=0.5", "--control", "b").exit_code == 0
    variants = read("edit", "x", "-w", shop, "--variant", "b=0.2", "--variant", "c=0.8")
    assert [tuple(one.values())[:3] for one in variants["experiment"]["variants"]] == [
        ("b", 0.2, True),
        ("c", 0.8, False),
    ]
    with_ad_sets = read("edit", "x", "-w", shop, "--ad-set", "b=1", "--ad-set", "c=2")
    assert [one["ad_sets"] for one in with_ad_sets["experiment"]["variants"]] == [["1"], ["2"]]
    split = read("edit", "x", "-w", shop, "--variant", "b=0.5", "--variant", "c=0.5")
    assert [one["ad_sets"] for one in split["experiment"]["variants"]] == [["1"], ["2"]]


def test_an_experiment_runs_its_course(shop: Path):
    arms = ("--variant", "a=0.5", "--variant", "b=0.5", "--control", "a")
    assert run("edit", "idea", "-w", shop, *arms).exit_code == 0
    told = run("start", "idea", "-w", shop, "--at", "2026-05-01").stdout
    assert "'idea' is running, since 2026-05-01, by clocks of Europe/Berlin; it was draft." in told
    assert "status: running\n    started_at: 2026-05-01\n" in text(shop)
    assert (
        "paused 2026-05-09 12:00"
        in run("pause", "idea", "-w", shop, "--at", "2026-05-09T10:00:00").stdout
    )
    assert "paused_at: 2026-05-09T10:00:00Z\n" in text(shop)
    assert read("start", "idea", "-w", shop)["experiment"]["paused_at"] is None
    assert text(shop).endswith("status: running\n    started_at: 2026-05-01\n")
    done = read("stop", "idea", "-w", shop, "--at", "2026-05-31")["experiment"]
    assert (done["status"], done["ended_at"]) == ("completed", "2026-05-31T21:59:59.999999+00:00")
    assert text(shop).startswith(DEFINITIONS)


def test_now_is_written_by_the_clocks_of_the_workspace(shop: Path):
    before = datetime.now(UTC) - timedelta(seconds=1)
    done = read("pause", "banner", "-w", shop)["experiment"]
    paused_at = datetime.fromisoformat(done["paused_at"])
    assert before <= paused_at <= datetime.now(UTC)
    (line,) = [line for line in text(shop).splitlines() if "paused_at" in line]
    assert line.endswith(("+01:00", "+02:00"))
    stopped = read("stop", "banner", "-w", shop)["experiment"]
    assert stopped["ended_at"] == done["paused_at"]
    ended = load_experiments(shop / "definitions" / "experiments.yaml", "Europe/Berlin")[1]
    assert ended.ended_at == paused_at


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("start", "idea"), ["'idea' cannot start", "(it has 0)", "a control", "--variant"]),
        (("start", "banner"), ["is running: start is for draft and paused", "now: pause, stop"]),
        (("pause", "idea"), ["is draft: pause is for running", "edit, start, delete"]),
        (("stop", "spring"), ["is completed: stop is for", "nothing is possible any more"]),
        (("edit", "banner", "--target", 5), ["is running: edit is for draft experiments"]),
        (("delete", "banner"), ["is running: delete is for draft experiments"]),
        (("show", "baner"), ["'baner': accepted are", "closest first: 'banner'"]),
        (("delete", "x"), ["accepted are those of definitions/experiments.yaml"]),
        (("pause", "banner", "--at", "soon"), ["--at: given 'soon'", "such as 2026-03-01T09"]),
        (("pause", "banner", "--at", "2026-02-01"), ["paused_at: given", "not before started_at"]),
        (("stop", "banner", "--at", "2026-02-01"), ["ended_at: given", "a date after started_at"]),
        (("create", "banner", "--type", "budget"), ["'banner': there is one of this name"]),
        (("create", "x"), ["experiment 'x', type: missing key", "what differs"]),
        (("create", "x", "--type", "bid"), ["type: given 'bid'", "'bidding'"]),
        (("create", " ", "--type", "budget"), ["name: given ''", "text that is not blank"]),
        (("create", "x", "--type", "budget", "--variant", "a"), ["--variant: given 'a'", "=0.5"]),
        (("create", "x", "--type", "budget", "--variant", "a=b"), ["--variant: given 'a=b'"]),
        (("create", "x", "--type", "budget", "--variant", "a=nan"), ["a finite number"]),
        (("create", "x", "--type", "budget", "--variant", "a=0.5"), ["splits that sum to 1"]),
        (("create", "x", "--type", "budget", "--control", "a"), ["none yet: give --variant"]),
        (
            ("create", "x", "--type", "budget", "--variant", "a=1", "--ad-set", "b=1"),
            ["--ad-set: given 'b'; accepted are the variants: 'a'"],
        ),
        (("create", "x", "--type", "budget", "--goal", "g"), ["--goal: given 'g'", "'purchase'"]),
        (("create", "x", "--type", "budget", "--ends", "x"), ["--ends: given 'x'"]),
        (("create", "x", "--type", "budget", "--dimension", "age"), ["dimensions[1]: given 'age'"]),
        (("edit", "idea"), ["nothing to change: accepted is an option"]),
        (("edit", "idea", "--unset", "gaol"), ["--unset: given 'gaol'", "first: goal, "]),
        (("edit", "idea", "--rename", "spring"), ["'spring': there is one of this name"]),
        (("edit", "idea", "--confidence", 95), ["confidence_level: given 95.0"]),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    shop: Path, arguments: tuple[object, ...], parts: list[str]
):
    told = refused(shop, *arguments)
    for part in parts:
        assert part in told


def test_another_item_that_is_wrong_is_told_first(shop: Path):
    file = shop / "definitions" / "experiments.yaml"
    file.write_text(DEFINITIONS + "    status: lost\n")
    assert "experiment 'idea', status: given 'lost'" in refused(shop, "pause", "banner")
