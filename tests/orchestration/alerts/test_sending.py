import json

import pytest
from pytest_httpserver import HTTPServer

from orchestration.alerts.sending import alert, claim
from orchestration.workspace.paths import Workspace
from tests.orchestration.alerts.conftest import REFUSED

HOOK = "ADPLAN_ALERT_WEBHOOK"


@pytest.fixture(autouse=True)
def _hook(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv(HOOK, httpserver.url_for("/hook"))


def test_a_run_is_told_of_once(workspace: Workspace, httpserver: HTTPServer):
    assert alert(workspace, REFUSED) == {"webhook": "sent"}
    assert alert(workspace, REFUSED) == {}
    assert alert(workspace, {**REFUSED, "run_id": "run-2"}) == {"webhook": "sent"}
    assert len(httpserver.log) == 2
    kept = workspace.logs / "alerts" / "run-1.json"
    assert json.loads(kept.read_text()) == {"webhook": "sent"}


@pytest.mark.parametrize("outcome", ["published", "unchanged", "partial"])
def test_no_news_are_not_told(workspace: Workspace, httpserver: HTTPServer, outcome: str):
    assert alert(workspace, {"run_id": "run-1", "outcome": outcome}) == {}
    assert len(httpserver.log) == 0


def test_without_an_address_nobody_is_told_and_another_may_still(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as without:
        without.delenv(HOOK)
        assert alert(workspace, REFUSED) == {}
    assert alert(workspace, REFUSED) == {"webhook": "sent"}


def test_one_way_that_fails_does_not_stop_the_other(workspace: Workspace, httpserver: HTTPServer):
    workspace.settings_file.write_text(
        "alerts:\n  email: {host: 127.0.0.1, port: 1, sender: a@b.c, recipients: [d@e.f]}\n"
    )
    outcome = alert(workspace, REFUSED)
    assert outcome["webhook"] == "sent"
    assert outcome["email"].startswith("not sent: 127.0.0.1:1: ")
    assert len(httpserver.log) == 1


def test_settings_that_cannot_be_read_name_nobody(workspace: Workspace, httpserver: HTTPServer):
    workspace.settings_file.write_text("alerts: {webhok: X}\n")
    assert alert(workspace, REFUSED) == {}
    assert len(httpserver.log) == 0


def test_a_claim_holds(workspace: Workspace):
    assert claim(workspace, "run-9")
    assert not claim(workspace, "run-9")


def test_a_folder_that_cannot_be_written_keeps_no_alert_back(workspace: Workspace):
    workspace.logs.write_text("a file where the folder belongs")
    assert alert(workspace, REFUSED) == {"webhook": "sent"}
