import socket
import ssl
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from orchestration.alerts.channels import AlertError, mail
from orchestration.alerts.message import alert_body
from orchestration.workspace.alert_settings import EmailSettings
from tests.orchestration.alerts.conftest import REFUSED
from tests.orchestration.alerts.smtp_sink import smtp_sink

BODY = alert_body("Tea & Co\n<north>", REFUSED)
LOGIN = {"ADPLAN_SMTP_USER": "robot", "ADPLAN_SMTP_PASSWORD": "pa55word"}


def settings(port: int, *, starttls: bool) -> EmailSettings:
    return EmailSettings(
        host="127.0.0.1",
        port=port,
        sender="adplan@shop.example",
        recipients=("data@shop.example", "cmo@shop.example"),
        starttls=starttls,
    )


def test_a_mail_is_encrypted_and_has_it_all(
    certificate: Path, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_sink(tls) as sink:
        mail(settings(sink.port, starttls=True), LOGIN, BODY)
    assert sink.logins == [("robot", "pa55word", True)]
    message = message_from_string(sink.messages[0], policy=default)
    assert message["Subject"] == (
        "adplan: the refresh of Tea & Co <north> was REFUSED by its checks"
    )
    assert message["To"] == "data@shop.example, cmo@shop.example"
    text = message.get_content()
    assert "(run run-1, as of 2026-03-09). Nothing was published." in text
    assert '"offending_count": 7' in text
    assert text.count("<!channel>") == 5


def test_a_server_nobody_vouches_for_gets_no_password(tls: ssl.SSLContext):
    with smtp_sink(tls) as sink, pytest.raises(AlertError, match="certificate verify failed"):
        mail(settings(sink.port, starttls=True), LOGIN, BODY)
    assert (sink.logins, sink.messages) == ([], [])


def test_one_that_cannot_encrypt_gets_neither_password_nor_mail():
    with smtp_sink() as sink, pytest.raises(AlertError, match="STARTTLS"):
        mail(settings(sink.port, starttls=True), LOGIN, BODY)
    assert (sink.logins, sink.messages) == ([], [])


def test_without_encryption_nobody_logs_in():
    with smtp_sink() as sink:
        mail(settings(sink.port, starttls=False), LOGIN, BODY)
    assert sink.logins == []
    assert len(sink.messages) == 1


def test_a_refused_password_is_told_by_the_name_of_its_variable(
    certificate: Path, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_sink(tls) as sink:
        sink.refuses_login = True
        with pytest.raises(AlertError, match="ADPLAN_SMTP_PASSWORD") as error:
            mail(settings(sink.port, starttls=True), LOGIN, BODY)
    assert "pa55word" not in str(error.value)


def test_nobody_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(AlertError, match=rf"^127\.0\.0\.1:{port}: .*refused"):
        mail(settings(port, starttls=True), {}, BODY)
