"""Whole refreshes of a workspace that fetches: asked again, missed, refused, over a range."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from pytest_httpserver import HTTPServer

from tests.conftest import Command, copied, rows
from tests.orchestration.sources.shop_api import TOKEN

PROJECT = Path(__file__).parents[2]
SECRETS = {
    TOKEN: "tok-8c1f2d7a",
    "ADPLAN_SMTP_USER": "usr-5b90aa31",
    "ADPLAN_SMTP_PASSWORD": "pwd-e07d4c66",
}
# The salt is a secret that settings name; the shop's token takes its place, as that of a
# connector with settings of its own would be named by those.
SETTINGS = f"""
as_of: latest
sources: {{retries: {{count: 2, first_wait_seconds: 0.1}}}}
freshness: {{targets: {{commerce.orders: 0.001, web.events: 1000}}}}
privacy: {{salt_environment_variable: {TOKEN}}}
alerts:
  email: {{host: 127.0.0.1, port: 1, sender: a@shop.example, recipients: [b@shop.example]}}
"""


@pytest.fixture(scope="module")
def shop(published_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(published_shop, tmp_path_factory.mktemp("fetching") / "shop")
    orders = folder / "landing" / "commerce" / "orders"
    # The connector's folder lies beside the files of the original.
    files = list(orders.iterdir())
    orders.unlink()
    orders.mkdir()
    for file in files:
        (orders / file.name).symlink_to(file.resolve())
    kept = [
        line
        for line in (folder / "adplan.yaml").read_text().splitlines()
        if re.match(r"(name|timezone|currency):", line)
    ]
    (folder / "adplan.yaml").write_text("\n".join(kept) + SETTINGS)
    return folder


def run(shop: Path, *arguments: str, hook: str = "") -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.shop_api_run", str(shop), *arguments],
        env={**os.environ, **SECRETS, "ADPLAN_ALERT_WEBHOOK": hook, "PYTHONPATH": str(PROJECT)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    for secret in SECRETS.values():
        assert secret not in result.stdout + result.stderr
    told: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return told


def test_a_range_is_backfilled_in_one_run_although_the_source_was_down(shop: Path):
    told = run(shop, "backfill", "down,up", "2026-01-05", "2026-01-08")
    assert told["record"]["outcome"] == "published", told["record"]["error"]
    assert told["record"]["error"] is None
    # Asked once more, for the whole range each time.
    assert told["asked"] == [["2026-01-05", "2026-01-08"]] * 2
    orders = "select order_id from customers.fct_orders where order_id = 'api-2026-01-05'"
    assert len(rows(shop, orders)) == 1
    with dg.DagsterInstance.from_config(str(shop / ".dagster")) as instance:
        days = instance.get_materialized_partitions(dg.AssetKey(["backfill", "days"]))
    assert days == {f"2026-01-0{day}" for day in (5, 6, 7, 8)}


def test_an_optional_source_is_missed_and_everybody_is_told_how_old_it_is(
    shop: Path, adplan: Command
):
    told = run(shop, "refresh", "optional:down", "2026-01-05", "2026-01-06")
    assert told["record"]["outcome"] == "published", told["record"]["error"]
    assert told["asked"] == [["2026-01-05", "2026-01-06"]] * 3
    report = json.loads(adplan("status", "-w", shop, "--json").stdout)
    assert report["sources_not_read"] == [
        {"source_table": "commerce.orders", "why": "the shop does not answer"}
    ]
    (stale,) = report["stale_tables"]
    assert (stale["source_table"], stale["target_hours"]) == ("commerce.orders", 0.001)
    assert stale["age_hours"] > stale["target_hours"]
    failed = "select check_name, severity from health.checks where not passed and run_id = '{}'"
    warned = rows(shop, failed.format(told["record"]["run_id"]))
    assert {("source_was_read", "warn"), ("tables_are_fresh", "warn")} <= set(warned)


@pytest.mark.parametrize("answer", ["refuses", "broken"])
def test_a_run_that_fails_is_told_of_once_and_shows_no_secret(
    shop: Path, httpserver: HTTPServer, answer: str
):
    httpserver.expect_request("/hook-3fa9c2").respond_with_data("ok")
    told = run(shop, "refresh", answer, hook=httpserver.url_for("/hook-3fa9c2"))
    assert told["record"]["outcome"] == "failed"
    assert len(told["asked"]) == 1
    ((request, _),) = httpserver.log
    body = request.get_json()
    assert body["run_id"] == told["record"]["run_id"]
    assert body["error"] == told["record"]["error"]
    secrets = [*SECRETS.values(), "hook-3fa9c2"]
    shown = [
        (str(path.relative_to(shop)), secret)
        for path in shop.rglob("*")
        if path.is_file()
        for secret in secrets
        if secret.encode() in path.read_bytes()
    ]
    assert shown == []
    assert not any(secret in request.get_data(as_text=True) for secret in secrets)


def test_a_range_that_cannot_be_is_refused_on_its_page(shop: Path):
    """The settings fail the run before anybody is asked; Dagster's sensor tells of it."""
    told = run(shop, "backfill", "up", "2026-01-05", "2026-12-01")
    assert told["asked"] == []
