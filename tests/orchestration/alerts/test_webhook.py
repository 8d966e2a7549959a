"""What is posted, and what is told where it is not taken."""

import socket
import time

import pytest
from pytest_httpserver import HTTPServer

from orchestration.alerts import channels
from orchestration.alerts.channels import AlertError, post
from orchestration.alerts.message import alert_body
from tests.orchestration.alerts.conftest import REFUSED

PATH = "/services/T0/B0/s3cr3t"
BODY = alert_body("Tea & Co <north>", REFUSED)


def test_a_webhook_gets_the_checks_the_rows_and_the_run(httpserver: HTTPServer):
    httpserver.expect_oneshot_request(PATH, method="POST").respond_with_data("ok")
    post(httpserver.url_for(PATH), "HOOK", BODY)
    (request, _), *others = httpserver.log
    assert not others
    assert request.content_type == "application/json; charset=utf-8"
    got = request.get_json()
    assert {name: got[name] for name in ("workspace", "run_id", "outcome", "as_of")} == {
        "workspace": "Tea & Co <north>",
        "run_id": "run-1",
        "outcome": "refused",
        "as_of": "2026-03-09",
    }
    assert got["checks"] == REFUSED["refusals"]
    assert got["error"] == REFUSED["error"]


def test_the_text_is_for_slack_and_calls_nobody():
    assert BODY["text"] == (
        "adplan: the refresh of Tea &amp; Co &lt;north&gt; was REFUSED by its checks "
        "(run run-1, as of 2026-03-09). Nothing was published.\n"
        "- campaigns.campaign_days: spend_is_kept: observed 90, expected 100. Spend got lost."
    )


def test_a_run_that_could_not_start_tells_its_error_without_secrets():
    record = {"run_id": "run-2", "outcome": "failed", "error": "no <lock> for pa55"}
    body = alert_body("shop", record, ["pa55"])
    assert body["error"] == "no <lock> for ***"
    assert body["as_of"] is None
    assert body["checks"] == []
    assert body["text"] == (
        "adplan: the refresh of shop FAILED (run run-2). Nothing was published.\n"
        "no &lt;lock&gt; for ***"
    )


@pytest.mark.parametrize(
    ("status", "told"), [(500, "500 Internal Server Error"), (404, "404 Not Found"), (799, "799")]
)
def test_an_error_names_the_variable_and_not_the_address(
    httpserver: HTTPServer, status: int, told: str
):
    httpserver.expect_request(PATH).respond_with_data("s3cr3t", status=status)
    with pytest.raises(AlertError) as error:
        post(httpserver.url_for(PATH), "HOOK", BODY)
    assert str(error.value) == f"the address in HOOK answered {told}"


def test_a_redirect_is_not_taken_for_success(httpserver: HTTPServer):
    headers = {"Location": httpserver.url_for("/login")}
    httpserver.expect_request(PATH).respond_with_data(status=302, headers=headers)
    with pytest.raises(AlertError, match="answered 302 Found"):
        post(httpserver.url_for(PATH), "HOOK", BODY)
    assert len(httpserver.log) == 1


def test_nobody_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(AlertError, match=r"cannot be reached: .*refused") as error:
        post(f"http://127.0.0.1:{port}{PATH}", "HOOK", BODY)
    assert "s3cr3t" not in str(error.value)


def test_one_that_never_answers_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(AlertError, match="failed: TimeoutError"):
            post(f"http://127.0.0.1:{silent.getsockname()[1]}{PATH}", "HOOK", BODY)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("url", ["file:///etc/hostname", "hooks.example/s3cr3t", "https://["])
def test_what_is_no_address_is_not_opened(url: str):
    with pytest.raises(AlertError, match="HOOK") as error:
        post(url, "HOOK", BODY)
    assert "s3cr3t" not in str(error.value)


def test_an_address_with_a_line_break_is_not_shown():
    with pytest.raises(AlertError) as error:
        post("http://127.0.0.1:1/s3cr3t two", "HOOK", BODY)
    assert "s3cr3t" not in str(error.value)
