"""What Dagster starts by itself, as the workspace says."""

import dagster as dg
import pytest
from dagster._core.definitions.run_config import RunConfig

from orchestration.definitions import defs
from orchestration.defs import jobs
from orchestration.defs.schedules import schedules
from orchestration.ingestion.contract import TABLES
from orchestration.sources.registry import KINDS
from orchestration.workspace.settings import Settings
from tests.orchestration.sources.shop_api import ShopApi, kind

ON, OFF = dg.DefaultScheduleStatus.RUNNING, dg.DefaultScheduleStatus.STOPPED


def named(**schedule: object) -> dict[str, tuple[str, str | None, dg.DefaultScheduleStatus]]:
    settings = Settings.model_validate({"timezone": "Europe/London", "schedule": schedule})
    return {
        one.name: (str(one.cron_schedule), one.execution_timezone, one.default_status)
        for one in schedules(settings)
    }


def test_only_the_daily_refresh_is_on_by_itself():
    assert named() == {
        "daily_refresh_schedule": ("0 2 * * *", "Europe/London", ON),
        "hourly_refresh_schedule": ("30 * * * *", "Europe/London", OFF),
        "weekly_full_refresh_schedule": ("0 4 * * 0", "Europe/London", OFF),
    }


def test_each_has_its_own_hours_and_switch():
    assert named(
        enabled=False,
        cron="15 3 * * *",
        hourly={"enabled": True, "cron": "5 8-20 * * *"},
        weekly={"enabled": True, "cron": "0 6 * * 6"},
    ) == {
        "daily_refresh_schedule": ("15 3 * * *", "Europe/London", OFF),
        "hourly_refresh_schedule": ("5 8-20 * * *", "Europe/London", ON),
        "weekly_full_refresh_schedule": ("0 6 * * 6", "Europe/London", ON),
    }


def test_the_weekly_refresh_builds_all_anew_and_fetches_what_is_new(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("ADPLAN_WORKSPACE", "shop")
    schedule = defs().resolve_schedule_def("weekly_full_refresh_schedule")
    (request,) = schedule.evaluate_tick(dg.build_schedule_context()).run_requests or []
    config = request.run_config
    assert not isinstance(config, RunConfig)
    given = config["resources"]["refresh"]["config"]
    assert (given["full_refresh"], given["fetch_everything"]) == (True, False)
    assert dg.validate_run_config(defs().resolve_job_def("daily_refresh"), config)


def test_the_hourly_refresh_builds_everything():
    hourly, daily = (defs().resolve_job_def(f"{name}_refresh") for name in ("hourly", "daily"))
    sources = {dg.AssetKey(["sources", name]) for name in KINDS}
    left_out = daily.asset_layer.executable_asset_keys - hourly.asset_layer.executable_asset_keys
    assert left_out <= sources
    assert hourly.executor_def.name == "in_process"


def test_the_hourly_refresh_asks_the_sources_that_experiments_count(
    monkeypatch: pytest.MonkeyPatch,
):
    ads = ShopApi(["up"], name="ads", tables=("meta_ads.insights", "meta_ads.leads"))
    for connector in (ads, ShopApi(["up"])):
        monkeypatch.setitem(KINDS, connector.name, kind(connector))  # type: ignore[arg-type]
    asked = jobs.hourly_sources()
    assert "shop_api" in asked
    assert "ads" not in asked
    assert set(jobs.HOURLY_SCHEMAS) <= {table.source for table in TABLES}
