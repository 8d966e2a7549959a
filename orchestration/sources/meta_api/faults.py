"""What an answer of the Graph API means for whoever asked: go on, wait, ask for less, or stop.

Codes are those of Meta's pages on rate limiting, on error handling and on the errors of insights
(developers.facebook.com, Marketing API, v25.0). Only meaning belongs here: waiting and asking
again is `session.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from orchestration.sources.connector import SourceError, SourceRefusedError

_THROTTLED_CODES = frozenset({4, 17, 32, 613, *range(80000, 80015)})
_TOKEN_CODES = frozenset({102, 190})
_PERMISSION_CODES = frozenset({3, 10, *range(200, 300)})
_TRANSIENT_CODES = frozenset({1, 2, 2601})
# Wrong parameters, capabilities, versions and ranges: asking again would not help.
_REFUSED_CODES = frozenset({12, 100, 368, 2500, 2635, 3018})

# "Your request timed out. Try a smaller date range", and limits of data per call.
_TOO_MUCH_SUBCODES = frozenset({1487534, 1504018, 1504038})
# Invalid breakdowns or metrics, which come under a code that is transient otherwise.
_INVALID_SUBCODES = frozenset({1504041, 1504042})
_NOT_THERE = (100, 33)
_NO_SUCH_ALIAS = 803

_TOO_MANY_REQUESTS = 429
# Redirects as well: they are not followed.
_FIRST_BAD_STATUS = 300
_FIRST_SERVER_STATUS = 500


class Verdict(Enum):
    """What to do about an answer."""

    GOOD = auto()
    THROTTLED = auto()
    TRANSIENT = auto()
    TOO_MUCH = auto()
    NOT_THERE = auto()
    TOKEN = auto()
    PERMISSION = auto()
    REFUSED = auto()
    UNKNOWN = auto()


_STATUSES = {401: Verdict.TOKEN, _TOO_MANY_REQUESTS: Verdict.THROTTLED}


class TooMuchDataError(SourceError):
    """Meta will not give so much at once: ask for smaller pages, or for fewer days."""


class NotThereError(SourceRefusedError):
    """An object does not exist, or may not be seen; Meta does not tell which."""


class MissingPermissionError(SourceRefusedError):
    """The token may not read something."""


@dataclass(frozen=True)
class Fault:
    """An answer as it was understood.

    Attributes:
        verdict: What to do about it.
        told: What Meta said, in a line: codes, text and its trace id, which its support asks for.
        said: Meta's message alone.
    """

    verdict: Verdict
    told: str = ""
    said: str = ""


def fault_of(status: int, body: object) -> Fault:
    """Judge an answer.

    Args:
        status: Of HTTP. Meta sends most errors under 400, some under 200 and 500.
        body: What its JSON holds, or None where it holds none.

    Returns:
        `Verdict.GOOD` only for an object without an error under a status of success.
    """
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        return Fault(_verdict(status, error), _told(status, error), str(error.get("message", "")))
    if status >= _FIRST_BAD_STATUS:
        verdict = _STATUSES.get(status, Verdict.UNKNOWN)
        is_server = status >= _FIRST_SERVER_STATUS
        return Fault(Verdict.TRANSIENT if is_server else verdict, f"HTTP {status}, unexplained")
    if not isinstance(body, Mapping):
        # A page that broke off, or the page of a proxy.
        return Fault(Verdict.TRANSIENT, f"HTTP {status} with an answer that is not a JSON object")
    return Fault(Verdict.GOOD)


def error_of(fault: Fault, asked: str, token_variable: str) -> SourceError:
    """Say what is wrong and what would help.

    Args:
        fault: As judged, not good.
        asked: What was asked for, such as `GET act_1/insights`.
        token_variable: Environment variable of the token.
    """
    where = f"Meta answered {asked} with {fault.told}"
    if fault.verdict is Verdict.TOKEN:
        return SourceRefusedError(
            f"Meta does not accept the access token ({fault.told}). It expired, was revoked, or "
            "its user's password changed: make a new one (a system user's does not expire: "
            "Business settings > Users > System users > Generate new token, with ads_read) and "
            f"put it into the environment variable {token_variable}"
        )
    if fault.verdict is Verdict.PERMISSION:
        return MissingPermissionError(f"{where}. {_permissions(fault.said, asked)}")
    if fault.verdict is Verdict.NOT_THERE:
        return NotThereError(
            f"{where}. Either there is no such object, or the token's user may not see it: check "
            "the number in sources.meta_api.accounts, and that the user is assigned to the ad "
            "account (Business settings > Accounts > Ad accounts > Assign people)"
        )
    if fault.verdict is Verdict.REFUSED:
        return SourceRefusedError(f"{where}. {_REFUSALS_HELP}")
    if fault.verdict is Verdict.TOO_MUCH:
        return TooMuchDataError(where)
    return SourceError(where)


_REFUSALS_HELP = (
    "Check sources.meta_api in adplan.yaml: fields, breakdowns and ad_statuses have to be known "
    "to the Graph API of api_version, api_version must not be retired, and first_day must lie "
    "within the 37 months that Meta keeps"
)


def _verdict(status: int, error: Mapping[str, Any]) -> Verdict:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    if subcode in _TOO_MUCH_SUBCODES or _asks_for_less(error):
        return Verdict.TOO_MUCH
    if code in _THROTTLED_CODES or status == _TOO_MANY_REQUESTS:
        return Verdict.THROTTLED
    if code in _TOKEN_CODES:
        return Verdict.TOKEN
    if code in _PERMISSION_CODES:
        return Verdict.PERMISSION
    if (code, subcode) == _NOT_THERE or code == _NO_SUCH_ALIAS:
        return Verdict.NOT_THERE
    return _rest_of_verdict(status, code, subcode, is_transient=error.get("is_transient") is True)


def _rest_of_verdict(status: int, code: int, subcode: int, *, is_transient: bool) -> Verdict:
    if subcode in _INVALID_SUBCODES:
        return Verdict.REFUSED
    if code in _TRANSIENT_CODES or is_transient or code < 0 or status >= _FIRST_SERVER_STATUS:
        return Verdict.TRANSIENT
    return Verdict.REFUSED if code in _REFUSED_CODES else Verdict.UNKNOWN


def _asks_for_less(error: Mapping[str, Any]) -> bool:
    return "reduce the amount of data" in str(error.get("message", "")).lower()


def _told(status: int, error: Mapping[str, Any]) -> str:
    subcode = f", subcode {error['error_subcode']}" if error.get("error_subcode") else ""
    texts = [error.get("message"), error.get("error_user_title"), error.get("error_user_msg")]
    said = ": ".join(dict.fromkeys(str(text).rstrip(".") for text in texts if text))
    trace = f" [trace {error['fbtrace_id']}]" if error.get("fbtrace_id") else ""
    return f"HTTP {status}, error {error.get('code')}{subcode}: {said}{trace}"


def _permissions(said: str, asked: str) -> str:
    known = (
        *("ads_read", "ads_management", "leads_retrieval", "pages_read_engagement"),
        *("pages_show_list", "pages_manage_ads", "read_insights", "business_management"),
    )
    named = [name for name in known if name in said]
    if not named:
        named = (
            ["ads_management", "leads_retrieval", "pages_show_list", "pages_read_engagement"]
            if asked.endswith("/leads")
            else ["ads_read"]
        )
    names = (" or " if " or " in said else ", ").join(named)
    return (
        f"The token lacks a permission: {names}. Give it to the app, make the token anew with it, "
        "and assign its user to the ad account"
    )


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
