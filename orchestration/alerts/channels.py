"""The ways an alert goes out: a webhook, e-mail. An error never shows an address or a password."""

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from http import HTTPStatus

from orchestration.alerts.message import title, unescaped
from orchestration.workspace.alert_settings import AlertSettings, EmailSettings

# A run has ended by now and somebody may be waiting for it.
TIMEOUT_SECONDS = 10.0

Body = Mapping[str, object]


class AlertError(Exception):
    """An alert did not go out; says why, and holds no secret."""


def channels(
    settings: AlertSettings, environment: Mapping[str, str]
) -> Iterator[tuple[str, Callable[[Body], None]]]:
    """Yield the ways that a workspace has set up, by name; each raises AlertError."""
    variable = settings.webhook_environment_variable
    url = environment.get(variable, "").strip()
    if url:
        yield "webhook", lambda body: post(url, variable, body)
    email = settings.email
    if email is not None:
        yield "email", lambda body: mail(email, environment, body)


def post(url: str, variable: str, body: Body) -> None:
    """Post an alert as JSON.

    Args:
        url: Where to; a secret, as most webhooks hold theirs in it.
        variable: The environment variable it is from, which errors name in its place.
        body: What to post.

    Raises:
        AlertError: If it was not taken.
    """
    data = json.dumps(body, default=str, ensure_ascii=False).encode(errors="backslashreplace")
    if not url.startswith(("https://", "http://")):
        raise AlertError(f"{variable} has to hold an address that starts with https://")
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        request = urllib.request.Request(
            url, data, {"Content-Type": "application/json; charset=utf-8", "User-Agent": "adplan"}
        )
        with opener.open(request, timeout=TIMEOUT_SECONDS):
            pass
    except urllib.error.HTTPError as answer:
        answer.close()
        raise AlertError(f"the address in {variable} answered {_status(answer.code)}") from None
    except urllib.error.URLError as error:
        reason = error.reason if isinstance(error.reason, OSError) else "not a usable address"
        raise AlertError(f"the address in {variable} cannot be reached: {reason}") from None
    except Exception as error:
        # Their messages show parts of the address.
        raise AlertError(f"the address in {variable} failed: {type(error).__name__}") from None


def mail(settings: EmailSettings, environment: Mapping[str, str], body: Body) -> None:
    """Mail an alert.

    Raises:
        AlertError: If it was not taken.
    """
    user = environment.get(settings.user_environment_variable, "")
    password = environment.get(settings.password_environment_variable, "")
    server = f"{settings.host}:{settings.port}"
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_SECONDS) as smtp:
            if settings.starttls:
                smtp.starttls(context=ssl.create_default_context())
                if user:
                    smtp.login(user, password)
            smtp.send_message(_message(settings, body))
    except smtplib.SMTPAuthenticationError as error:
        raise AlertError(
            f"{server} refused the user and password of {settings.user_environment_variable} and "
            f"{settings.password_environment_variable} ({error.smtp_code})"
        ) from None
    except smtplib.SMTPResponseException as error:
        raise AlertError(f"{server} answered {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise AlertError(f"{server}: {error}") from None


def _message(settings: EmailSettings, body: Body) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(title(body).split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    details = json.dumps(
        {name: value for name, value in body.items() if name != "text"},
        default=str,
        ensure_ascii=False,
        indent=1,
    )
    text = f"{unescaped(str(body['text']))}\n\n{details}\n"
    message.set_content(text.encode(errors="backslashreplace").decode())
    return message


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Following would turn the post into a request for a page, and look like a success."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing, so that the answer counts as the error it is."""
