"""Sources are asked again when that may help, missed where settings allow, and tell no secret."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.defs.sources.assets import source_asset
from orchestration.runs import run_log
from orchestration.runs.resource import Refresh
from orchestration.sources.registry import KINDS
from orchestration.workspace.paths import Workspace
from tests.orchestration.sources.shop_api import TABLE, TOKEN, ShopApi, kind

SETTINGS = f"""
sources: {{retries: {{count: 2, first_wait_seconds: 0.05}}}}
# Any variable that settings name is a secret.
privacy: {{salt_environment_variable: {TOKEN}}}
"""
SECRET = "tok-5f0c3a9e"

Run = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    (tmp_path / "adplan.yaml").write_text(SETTINGS)
    monkeypatch.setenv(TOKEN, SECRET)
    return Workspace.open(tmp_path)


@pytest.fixture
def run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Run:
    def fetch(shop: ShopApi, **options: object) -> dg.ExecuteInProcessResult:
        monkeypatch.setitem(KINDS, shop.name, kind(shop))  # type: ignore[arg-type]
        return dg.materialize(
            [source_asset(shop.name)],
            resources={"refresh": Refresh(workspace=str(workspace.root), **options)},  # type: ignore[arg-type]
            raise_on_error=False,
        )

    return fetch


def failed_checks(workspace: Workspace) -> list[tuple[object, ...]]:
    with duckdb.connect(str(workspace.build_database), read_only=True) as connection:
        return connection.execute(
            "select check_name, table_name, severity, observed from health.checks where not passed"
        ).fetchall()


def waits(result: dg.ExecuteInProcessResult) -> list[float]:
    return [
        event.step_retry_data.seconds_to_wait or 0
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.STEP_UP_FOR_RETRY
    ]


def test_a_source_that_is_down_is_asked_again_each_time_later(run: Run, workspace: Workspace):
    shop = ShopApi(["down", "down", "up"])
    result = run(shop)
    assert result.success
    assert len(shop.asked) == 3
    assert waits(result) == [0.05, 0.1]
    assert [file.name for file in workspace.landing.rglob("*.parquet")] == [
        f"{shop.asked[-1].today}.parquet"
    ]
    # What went wrong on the way is not what became of the run.
    assert run_log.records(workspace)[0]["error"] is None


def test_it_is_given_up_after_the_last_time(run: Run, workspace: Workspace):
    shop = ShopApi(["down"])
    result = run(shop)
    assert not result.success
    assert len(shop.asked) == 3
    (record,) = run_log.records(workspace)
    assert record["outcome"] == "failed"
    assert record["error"] == "Fetch shop_api: the shop does not answer"


@pytest.mark.parametrize("answer", ["refuses", "broken"])
def test_what_asking_again_would_not_help_is_not_asked_again(run: Run, answer: str):
    shop = ShopApi([answer, "up"])
    result = run(shop)
    assert not result.success
    assert len(shop.asked) == 1
    assert waits(result) == []


def test_an_optional_source_is_asked_as_often_and_then_missed(run: Run, workspace: Workspace):
    shop = ShopApi(["down"], is_required=False)
    result = run(shop)
    assert result.success
    assert len(shop.asked) == 3
    assert failed_checks(workspace) == [
        ("source_was_read", "commerce.orders", "warn", "the shop does not answer")
    ]
    assert run_log.records(workspace)[0]["error"] is None


def test_an_optional_source_that_refuses_is_missed_at_once(run: Run, workspace: Workspace):
    shop = ShopApi(["refuses"], is_required=False)
    assert run(shop).success
    assert len(shop.asked) == 1
    assert failed_checks(workspace)[0][0] == "source_was_read"


def test_a_fault_says_where_it_is(run: Run, workspace: Workspace):
    run(ShopApi(["broken"]))
    error = str(run_log.records(workspace)[0]["error"])
    assert "unexpected KeyError" in error
    assert "shop_api.py, line" in error
    assert "access_token=***" in error


@pytest.mark.parametrize("answer", ["down", "refuses", "broken"])
@pytest.mark.parametrize("is_required", [True, False])
def test_no_event_of_dagster_shows_a_secret(run: Run, answer: str, is_required: bool):
    result = run(ShopApi([answer], is_required=is_required))
    told = "".join(repr(event) for event in result.all_events)
    assert answer != "down" or "the shop does not answer" in told
    assert SECRET not in told


def test_what_it_says_on_the_way_is_logged_and_kept_without_secrets(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    shop = ShopApi(["odd"])
    monkeypatch.setitem(KINDS, shop.name, kind(shop))
    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"refresh": Refresh(workspace=str(workspace.root))}
        result = dg.materialize([source_asset(shop.name)], resources=resources, instance=instance)
        logged = [entry.user_message for entry in instance.all_logs(result.run_id)]
    odd = "3 rows with no total, asked with ***"
    assert f"commerce.orders: {odd}" in logged
    assert failed_checks(workspace) == [("source_rows_are_sound", TABLE, "warn", odd)]


def test_a_source_is_told_the_days(run: Run):
    shop = ShopApi(["up"])
    assert run(shop, first_day="2026-01-03", last_day="2026-01-05").success
    (fetch,) = shop.asked
    assert (fetch.first, fetch.last) == (date(2026, 1, 3), date(2026, 1, 5))
    assert not fetch.everything


def test_a_full_refresh_asks_for_everything_but_the_weekly_one_does_not(run: Run):
    shop = ShopApi(["up"])
    assert run(shop, full_refresh=True).success
    assert run(shop, full_refresh=True, fetch_everything=False).success
    assert [fetch.everything for fetch in shop.asked] == [True, False]
