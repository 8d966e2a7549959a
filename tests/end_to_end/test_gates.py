"""A check that fails keeps a run from being published, and says which rows are to blame."""

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command, copied, marts, own_folder, rows

TAMPER = Path(__file__).with_name("tamper.py")
REFUSED = 3


@pytest.fixture
def shop(published_shop: Path, tmp_path: Path) -> Path:
    return copied(published_shop, tmp_path / "shop")


def published_bytes(workspace: Path) -> bytes:
    return (workspace / "warehouse" / "adplan.duckdb").read_bytes()


def last_run(workspace: Path) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(
        (workspace / "logs" / "runs.jsonl").read_text().splitlines()[-1]
    )
    return last


def test_a_required_table_without_rows_is_refused(shop: Path, adplan: Command):
    before = published_bytes(shop)
    settings = shop / "adplan.yaml"
    as_it_was = settings.read_text()
    settings.write_text(as_it_was.replace("required: []", "required: [commerce.orders]"))
    folder = own_folder(shop, "commerce.orders")
    away = shop / "away"
    folder.rename(away)
    result = adplan("refresh", "-w", shop)
    assert result.returncode == REFUSED
    assert "REFUSED by its checks; nothing was published" in result.stderr
    assert "landing check has_rows on commerce.orders: observed 0, expected at least 1" in (
        result.stderr
    )
    # No step after the gate that refused.
    assert "Settings and definitions" not in result.stderr
    assert published_bytes(shop) == before
    assert last_run(shop)["refused_by"] == ["commerce.orders: has_rows"]
    # `status` tells of it although it is in no published table.
    status = json.loads(adplan("status", "-w", shop, "--json").stdout)
    assert status["runs"][0]["outcome"] == "refused"
    away.rename(folder)
    assert adplan("refresh", "-w", shop).returncode == 0
    runs = rows(shop, "select outcome, refused_by from health.runs order by started_at desc")
    assert runs[:2] == [("published", []), ("refused", ["commerce.orders: has_rows"])]


def test_a_table_that_was_mostly_quarantined_is_refused(shop: Path, adplan: Command):
    before = published_bytes(shop)
    bad = own_folder(shop, "crm.feedback") / "broken_export.csv"
    lines = [f"bad_{number},google,7,10,not a time" for number in range(200)]
    bad.write_text("\n".join(["id,source_type,rating,scale,created_at", *lines]))
    result = adplan("refresh", "-w", shop)
    assert result.returncode == REFUSED
    assert "landing check quarantined_share_is_small on crm.feedback: observed 0.87" in (
        result.stderr
    )
    assert "expected between 0 and 0.2" in result.stderr
    assert published_bytes(shop) == before
    # It stays refused while the file is there, although nothing new landed.
    assert adplan("refresh", "-w", shop).returncode == REFUSED
    assert published_bytes(shop) == before


# What a broken loader or model would do, and the checks that have to catch it. Each step's
# corruptions are made in one run, because a run takes seconds and a gate runs all its checks.
LANDING_CORRUPTIONS = {
    "update raw_commerce.orders set total = -1 where total > 100": (
        "commerce.orders: total_is_not_negative"
    ),
    "insert into raw_crm.feedback from raw_crm.feedback limit 3": "crm.feedback: key_is_unique",
}
DBT_CORRUPTIONS = {
    "insert into raw_commerce.orders from raw_commerce.orders limit 9": (
        "int_orders_converted: int_orders_converted_is_one_row_per_order"
    ),
}
MART_CORRUPTIONS = {
    "update campaigns.fct_ad_days set spend = -spend where campaign_id is not null": (
        "campaigns.fct_ad_days: spend_is_not_negative"
    ),
    "delete from campaigns.fct_ad_days where campaign_id is null": (
        "campaigns.fct_ad_days: spend_equals_landed_spend"
    ),
    "update conversions.fct_conversions set value = value + 1 where conversion_type = 'purchase'": (
        "conversions.fct_conversions: revenue_equals_orders_less_refunds"
    ),
    "insert into intermediate.int_touchpoints from intermediate.int_touchpoints limit 7": (
        "attribution.fct_touchpoints: key_is_unique"
    ),
    "delete from customers.dim_people where orders > 0": (
        "conversions.fct_conversions: person_id_is_in_dim_people"
    ),
    "insert into customers.fct_orders from customers.fct_orders limit 40": (
        "customers.fct_orders: key_is_unique"
    ),
}


def tampered(workspace: Path, step: str, corruptions: dict[str, str]) -> dict[str, Any]:
    """Refresh with the build database corrupted before a step: refused, and nothing published."""
    before = published_bytes(workspace)
    result = subprocess.run(
        [sys.executable, TAMPER, workspace, step, ";".join(corruptions)],
        capture_output=True,
        text=True,
        check=False,
        cwd=TAMPER.parents[2],
        timeout=600,
    )
    assert result.returncode == REFUSED, result.stdout + result.stderr
    assert published_bytes(workspace) == before
    record: dict[str, Any] = json.loads(result.stdout)
    assert record["outcome"] == "refused"
    assert set(corruptions.values()) <= set(record["refused_by"])
    return record


def offending_rows(error: str, check: str) -> list[dict[str, Any]]:
    """The rows shown below a check in a run's error."""
    _, _, after = error.partition(check)
    lines = itertools.takewhile(lambda line: line.startswith("    {"), after.splitlines()[1:])
    return [json.loads(line) for line in lines]


def test_a_table_the_loader_got_wrong_is_refused(shop: Path):
    error = tampered(shop, "Landing gate", LANDING_CORRUPTIONS)["error"]
    below_zero = offending_rows(error, "landing check total_is_not_negative on commerce.orders")
    assert [row["total"] for row in below_zero] == [-1] * 5
    twice = offending_rows(error, "landing check key_is_unique on crm.feedback")
    assert len(twice) == 5
    # Nobody's name, address or words are in a log.
    assert not {"email", "email_hash", "comment"} & {key for row in twice for key in row}


def test_a_model_that_breaks_its_grain_is_refused(shop: Path):
    error = tampered(shop, "Build models and test them (dbt)", DBT_CORRUPTIONS)["error"]
    repeated = offending_rows(error, "dbt check int_orders_converted_is_one_row_per_order")
    assert [row["occurrences"] for row in repeated] == [2] * 5


def test_marts_that_break_an_invariant_are_refused_until_they_hold_again(
    shop: Path, published_shop: Path, adplan: Command
):
    record = tampered(shop, "Mart gate", MART_CORRUPTIONS)
    first = record["refused_by"][0]
    table, check = first.split(": ")
    assert f"check {check} on {table}: observed " in record["error"]
    # The first checks in full, so that an error stays readable.
    assert record["error"].count(", expected ") == 5
    assert len(record["refused_by"]) > 5
    assert adplan("refresh", "-w", shop, "--full-refresh").returncode == 0
    assert marts(shop) == marts(published_shop)
