"""One alert per failed run, whether the command line or Dagster started it."""

from pathlib import Path

import dagster as dg
import pytest
from pytest_httpserver import HTTPServer

from orchestration.definitions import defs
from orchestration.defs.alerts.sensor import failed_runs
from orchestration.workspace.paths import Workspace
from tests.conftest import Command

HOOK = "ADPLAN_ALERT_WEBHOOK"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Nothing has landed where orders are required: every refresh is refused at once."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "adplan.yaml").write_text("sources: {required: [commerce.orders]}\n")
    return Workspace.open(tmp_path / "shop")


@pytest.fixture
def hook(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/hook").respond_with_data("ok")
    return httpserver.url_for("/hook")


def run_sensor(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """Do what Dagster's daemon does once it sees that a run has failed."""
    (event,) = [
        entry.dagster_event
        for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
    ]
    assert event is not None
    context = dg.build_run_status_sensor_context(
        sensor_name="failed_runs",
        dagster_event=event,
        dagster_instance=instance,
        dagster_run=run,
    )
    failed_runs(context.for_run_failure())


def posted(httpserver: HTTPServer) -> list[tuple[str, str]]:
    bodies = [request.get_json() for request, _ in httpserver.log]
    return [(body["run_id"], body["outcome"]) for body in bodies]


def test_every_failed_run_is_told_of_once(
    workspace: Workspace,
    hook: str,
    httpserver: HTTPServer,
    adplan: Command,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("ADPLAN_WORKSPACE", str(workspace.root))
    monkeypatch.setenv(HOOK, hook)

    # By the command line, which tells of it itself; the sensor sees the run as well.
    refused = adplan("refresh", "-w", workspace.root)
    assert refused.returncode == 3, refused.stderr
    assert "webhook: sent" in refused.stderr
    with dg.DagsterInstance.from_config(str(workspace.dagster_home)) as instance:
        (first,) = instance.get_runs()
        assert posted(httpserver) == [(first.run_id, "refused")]
        run_sensor(instance, first)
        assert len(httpserver.log) == 1
        (check,) = httpserver.log[0][0].get_json()["checks"]
        assert (check["table"], check["observed"]) == ("commerce.orders", "0")

        # As Dagster starts runs: nobody is told before its sensor sees it.
        job = defs().resolve_job_def("daily_refresh")
        second = job.execute_in_process(instance=instance, raise_on_error=False).dagster_run
        assert len(httpserver.log) == 1
        run_sensor(instance, second)
        run_sensor(instance, second)
        assert posted(httpserver)[1:] == [(second.run_id, "refused")]

        # One that cannot even begin.
        workspace.definitions.mkdir()
        (workspace.definitions / "goals.yaml").write_text("goals: 7\n")
        third = job.execute_in_process(instance=instance, raise_on_error=False).dagster_run
        run_sensor(instance, third)
        assert posted(httpserver)[2:] == [(third.run_id, "failed")]
        assert "goals.yaml" in httpserver.log[2][0].get_json()["error"]


def test_a_webhook_that_fails_changes_nothing_but_the_report(
    workspace: Workspace, httpserver: HTTPServer, adplan: Command
):
    httpserver.expect_request("/s3cr3t").respond_with_data(status=500)
    refused = adplan("refresh", "-w", workspace.root, **{HOOK: httpserver.url_for("/s3cr3t")})
    assert refused.returncode == 3
    assert "REFUSED by its checks" in refused.stderr
    told = "webhook: not sent: the address in ADPLAN_ALERT_WEBHOOK answered 500"
    assert told in refused.stderr
    assert "s3cr3t" not in refused.stderr + refused.stdout
