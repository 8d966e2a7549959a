"""An HTTP session that waits where Meta asks to, tries again where that helps, and else stops.

It is beneath dlt's REST client, which asks it to send one request at a time: a page that fails
and is sent again is one page to the client.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dlt.sources.helpers.requests.session import Session
from requests import PreparedRequest, RequestException, Response

from orchestration.sources.connector import SourceError
from orchestration.sources.meta_api.faults import Fault, Verdict, error_of, fault_of
from orchestration.sources.meta_api.pace import pause_seconds, regain_seconds, used_percent
from orchestration.sources.secrets import without_secrets
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

# Five tries over half a minute: what lasts longer is for the retries of the run.
_TRIES = 5
_FIRST_RETRY_SECONDS = 2.0
# Meta blocks for 1 to 5 minutes by ad account and up to an hour by app.
_FIRST_BLOCK_SECONDS = 60.0
_LONGEST_BLOCK_SECONDS = 900.0
_WORTH_TELLING_SECONDS = 10.0
_SECONDS_PER_MINUTE = 60


@dataclass
class Patience:
    """How to wait: what is told, and what sleeping is (tests do not).

    Attributes:
        report: Called with a few words before a wait that somebody would notice.
        sleep: Called with seconds.
        slept_seconds: All of it so far, the only clock a connector has.
    """

    report: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], None] = time.sleep
    slept_seconds: float = field(default=0.0, init=False)

    def wait(self, seconds: float, why: str) -> None:
        """Sleep, and say why where it is long."""
        if seconds >= _WORTH_TELLING_SECONDS:
            self.report(f"{why}: waiting {seconds:.0f} s")
        self.slept_seconds += seconds
        self.sleep(seconds)


class PatientSession(Session):
    """Sends a request until it is answered, or until asking again makes no sense.

    Raises (from `send`):
        TooMuchDataError: If Meta wants less asked for at once.
        SourceRefusedError: If asking again would not help.
        SourceError: If tries or patience ran out.
    """

    def __init__(self, settings: MetaApiSettings, token: str, patience: Patience) -> None:
        super().__init__(
            timeout=(settings.connect_timeout_seconds, settings.read_timeout_seconds),
            raise_for_status=False,
        )
        self._settings = settings
        self._token = token
        self._patience = patience
        self._patience_seconds = settings.rate_limit_patience_minutes * _SECONDS_PER_MINUTE
        self._pause_seconds = 0.0
        self._used_percent = 0.0

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:  # noqa: ANN401
        """Send a request as often as it takes; see the class."""
        asked = _asked(request, self._settings)
        failed_tries, blocked_seconds = 0, 0.0
        while True:
            response, fault = self._try(request, kwargs)
            if response is not None and fault.verdict is Verdict.GOOD:
                return response
            if fault.verdict is Verdict.THROTTLED:
                blocked_seconds += self._block(response, blocked_seconds, fault, asked)
            elif fault.verdict is Verdict.TRANSIENT:
                failed_tries += 1
                self._try_later(failed_tries, fault, asked)
            else:
                raise self._without_token(error_of(fault, asked, self._settings.token_variable))

    def _try(
        self, request: PreparedRequest, kwargs: dict[str, Any]
    ) -> tuple[Response | None, Fault]:
        if self._pause_seconds > 0:
            used = f"{self._used_percent:.0f} % of Meta's quota are used"
            self._patience.wait(self._pause_seconds, used)
        try:
            # A redirect could lead the token elsewhere; the Graph API has none here.
            response: Response = super().send(request, **{**kwargs, "allow_redirects": False})  # type: ignore[no-untyped-call]
        except RequestException as failure:
            # Not chained: such exceptions hold the request, with its headers.
            return None, Fault(Verdict.TRANSIENT, f"no whole answer ({type(failure).__name__})")
        self._used_percent = used_percent(response.headers)
        self._pause_seconds = max(
            pause_seconds(self._used_percent, self._settings.slow_down_from_percent),
            min(regain_seconds(response.headers), self._patience_seconds),
        )
        return response, fault_of(response.status_code, _json(response))

    def _block(
        self, response: Response | None, blocked_seconds: float, fault: Fault, asked: str
    ) -> float:
        """Wait until the quota may be there again; return the seconds."""
        if blocked_seconds >= self._patience_seconds:
            raise self._without_token(
                SourceError(
                    f"Meta kept refusing {asked} for {blocked_seconds / 60:.0f} minutes because a "
                    f"quota is used up ({fault.told}). What was read before is kept: run again "
                    "later, or set reread_days and breakdowns lower"
                )
            )
        told = regain_seconds(response.headers) if response is not None else 0.0
        doubled = min(max(_FIRST_BLOCK_SECONDS, blocked_seconds), _LONGEST_BLOCK_SECONDS)
        seconds = min(told or doubled, self._patience_seconds - blocked_seconds)
        # The wait is done here; it need not be done again before the next call.
        self._pause_seconds = 0.0
        self._patience.wait(seconds, self._clean(f"Meta's quota is used up ({fault.told})"))
        return seconds

    def _try_later(self, failed_tries: int, fault: Fault, asked: str) -> None:
        if failed_tries >= _TRIES:
            raise self._without_token(
                SourceError(
                    f"Meta gave no good answer to {asked} in {_TRIES} tries; the last: {fault.told}"
                )
            )
        seconds = _FIRST_RETRY_SECONDS * 2.0 ** (failed_tries - 1)
        self._patience.wait(seconds, self._clean(f"{asked} failed ({fault.told})"))

    def _clean(self, text: str) -> str:
        return without_secrets(text, [self._token])

    def _without_token(self, error: SourceError) -> SourceError:
        """The same error; Meta repeats a malformed token in its message."""
        return type(error)(self._clean(str(error)))


def _asked(request: PreparedRequest, settings: MetaApiSettings) -> str:
    """What was asked for, without parameters: long, and in part Meta's."""
    path = urlsplit(request.url or "").path
    return f"{request.method} {path.split(f'/{settings.api_version}/', 1)[-1] or path}"


def _json(response: Response) -> object:
    try:
        return response.json()
    except ValueError:
        return None
