"""What a setting's text must look like: time zones, currencies, domains, schedules.

A validator's message says what is accepted; the caller adds the file, key and given value.
"""

import re
import zoneinfo
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from orchestration.ingestion.contract import TABLES
from orchestration.workspace.errors import closest_first, did_you_mean

# Not currencies: "no currency" and the code reserved for tests.
_NOT_CURRENCIES = {"XXX", "XTS"}

_DOMAIN = re.compile(r"[^\s/:@*?#,]+")
_MEMORY = re.compile(r"\d+(\.\d+)?\s*([KMGT]i?B)", re.IGNORECASE)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_CRON_RANGES = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
)


def _with_hint(accepted: str, hint: str) -> str:
    return f"{accepted}; {hint}" if hint else accepted


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("text that is not blank")
    return value.strip()


def _timezone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    # A name such as `America` is a folder of the time zone database.
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(value, sorted(zoneinfo.available_timezones()))
        accepted = "an IANA time zone such as UTC or Europe/London"
        raise ValueError(_with_hint(accepted, hint)) from None
    return value


def _currency(value: str) -> str:
    # Babel takes longer to import than the rest of the settings take to load.
    from babel.numbers import list_currencies  # noqa: PLC0415

    code = value.strip().upper()
    if code in _NOT_CURRENCIES or code not in list_currencies():
        raise ValueError("an ISO 4217 currency code such as USD or EUR")
    return code


def _as_of(value: object) -> object:
    if isinstance(value, str) and value in {"today", "latest"}:
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("today, latest or a date such as 2026-03-01") from None


def day(value: object) -> date:
    """Accept a day as YAML or quoted text has it.

    Raises:
        ValueError: If it is none; says what is accepted.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("a date such as 2026-03-01") from None


def _table(value: str) -> str:
    names = [table.full_name for table in TABLES]
    if value not in names:
        nearest = ", ".join(closest_first(value, names))
        raise ValueError(f"a table of the raw contract, closest first: {nearest}")
    return value


def _domain(value: str) -> str:
    domain = value.strip().lower().removeprefix("www.").strip(".")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("a domain alone, such as example.com: no https://, path or port")
    return domain


def _memory(value: str) -> str:
    if not _MEMORY.fullmatch(value.strip()):
        raise ValueError("a number with a unit: KB, MB, GB, TB, KiB, MiB, GiB or TiB, as in 4GB")
    return value.strip()


def _variable(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        raise ValueError("the name of an environment variable (letters, digits, _), not its value")
    return value


def _cron(value: str) -> str:
    parts = value.split()
    if len(parts) != len(_CRON_RANGES):
        raise ValueError("five cron fields: minute hour day-of-month month day-of-week")
    for part, (name, lowest, highest) in zip(parts, _CRON_RANGES, strict=True):
        if not all(_cron_item(item, lowest, highest) for item in part.split(",")):
            raise ValueError(
                f"a cron {name} of *, {lowest}-{highest}, a range, a step or a list, not {part!r}"
            )
    return " ".join(parts)


def _cron_item(item: str, lowest: int, highest: int) -> bool:
    """Whether one item of a cron field is `*`, a number or a range, with or without a step."""
    match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/([1-9]\d*))?", item)
    if match is None:
        return False
    ends = [int(end) for end in match.groups()[:2] if end is not None]
    return all(lowest <= end <= highest for end in ends) and ends == sorted(ends)


# Strict numbers: `true` is not 1, and "30" in quotes is text.
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Text = Annotated[str, AfterValidator(_text)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
Currency = Annotated[str, AfterValidator(_currency)]
AsOf = Annotated[date | str, BeforeValidator(_as_of)]
RawTable = Annotated[str, AfterValidator(_table)]
Domain = Annotated[str, AfterValidator(_domain)]
Memory = Annotated[str, AfterValidator(_memory)]
VariableName = Annotated[str, AfterValidator(_variable)]
Cron = Annotated[str, AfterValidator(_cron)]
