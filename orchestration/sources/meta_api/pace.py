"""How long to wait before the next call, so that Meta's quotas are never used up.

Every answer tells what share of each quota is used: of the app, of the ad account, of the
account's insights. Below a threshold nothing waits; above it the pause grows with the square of
the share, up to five minutes, which no quota that Meta describes needs more of: they decay within
5 minutes (ad account) or an hour (app, business use case). Where the pause is as long as the time
the quota takes to win back one call, the share stays where it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

_LONGEST_PAUSE_SECONDS = 300.0
# Where the longest pause begins: some calls cost more than one, so a margin is left.
_FULL_PERCENT = 95.0
_SECONDS_PER_MINUTE = 60.0

# Shares of a quota by header, in percent.
_SHARES = ("call_count", "total_time", "total_cputime", "acc_id_util_pct", "app_id_util_pct")
_HEADERS = (
    "x-app-usage",
    "x-ad-account-usage",
    "x-business-use-case-usage",
    "x-fb-ads-insights-throttle",
)


def used_percent(headers: Mapping[str, str]) -> float:
    """The largest share of a quota that an answer's headers tell; 0 where they tell none.

    Example:
        >>> used_percent({"X-App-Usage": '{"call_count": 28, "total_time": 25}'})
        28.0
    """
    shares = (_float(usage.get(share)) for usage in _usages(headers) for share in _SHARES)
    return max(shares, default=0.0)


def regain_seconds(headers: Mapping[str, str]) -> float:
    """Seconds until access is given back, as the answer tells; 0 where there is access.

    Example:
        >>> usage = '{"1": [{"call_count": 100, "estimated_time_to_regain_access": 3}]}'
        >>> regain_seconds({"X-Business-Use-Case-Usage": usage})
        180.0
    """
    minutes = (_float(usage.get("estimated_time_to_regain_access")) for usage in _usages(headers))
    return max(minutes, default=0.0) * _SECONDS_PER_MINUTE


def pause_seconds(percent: float, from_percent: float) -> float:
    """Seconds to wait before the next call.

    Args:
        percent: Share of the quota that is used.
        from_percent: Share from which calls are spaced out, below 95.

    Example:
        >>> [pause_seconds(percent, 75) for percent in (70, 85, 95, 120)]
        [0.0, 75.0, 300.0, 300.0]
    """
    if percent <= from_percent:
        return 0.0
    share = min(1.0, (percent - from_percent) / max(_FULL_PERCENT - from_percent, 1.0))
    return _LONGEST_PAUSE_SECONDS * share**2


def _usages(headers: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    by_name = {name.lower(): value for name, value in headers.items()}
    for name in _HEADERS:
        try:
            found = json.loads(by_name.get(name) or "{}")
        except ValueError:
            continue
        yield from _objects(found)


def _objects(found: object) -> Iterator[Mapping[str, object]]:
    """The usages themselves, however deep: those of a use case are lists by business."""
    if isinstance(found, Mapping):
        yield found
        yield from _below(found.values())
    elif isinstance(found, list):
        yield from _below(found)


def _below(values: Iterable[object]) -> Iterator[Mapping[str, object]]:
    for value in values:
        yield from _objects(value)


def _float(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0
