"""What was read of an account's insights: kept in the connector's state, chunk by chunk.

For every account and table the state holds the days that are settled: read when they were old
enough not to change. A day read sooner is read again, however long nothing ran in between. Beside
them it holds the backfill under way, if a run was ended within one: asked for again within a day,
it goes on where it was.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from orchestration.sources.landed_files import folder, read_state, write_state
from orchestration.sources.meta_api.account import NAME, Account
from orchestration.sources.meta_api.days import Days, merged, without

_DEFAULT_HISTORY_DAYS = 90
_RESUMED_WITHIN_DAYS = 1


class Progress:
    """What is known of the days of one account's table."""

    def __init__(self, account: Account, table: str) -> None:
        self._fetch = account.fetch
        self._key = f"{account.number}/{table}"
        self._files = folder(account.fetch.workspace, table, NAME) / account.number
        self._today = account.today
        settings = account.settings
        default_first = account.today - timedelta(days=_DEFAULT_HISTORY_DAYS)
        self._history = _range(settings.first_day or default_first, account.today)
        self._last_settled = account.today - timedelta(days=settings.reread_days)

    def to_read(self) -> list[Days]:
        """The days that this run reads.

        Returns:
            The days asked for, without those that an attempt which was ended has read; or all
            of the history but days that were read when they did not change any more.
        """
        mine = self._mine()
        if (asked := self._asked()) is not None:
            return without(asked, self._backfilled(mine, asked))
        return without(self._history, _ranges(mine.get("settled")))

    def done(self, chunk: Days) -> None:
        """Remember that the files of a chunk are in place."""
        state = read_state(self._fetch.workspace, NAME)
        mine: dict[str, Any] = state.setdefault("insights", {}).setdefault(self._key, {})
        settled = _range(chunk.first, min(chunk.last, self._last_settled))
        mine["settled"] = _written(merged([*_ranges(mine.get("settled")), *settled]))
        if (asked := self._asked()) is not None:
            read = merged([*self._backfilled(mine, asked), chunk])
            mine["backfill"] = {
                "asked": _written(asked),
                "on": str(self._fetch.today),
                "read": _written(read),
            }
            if not without(asked, read):
                del mine["backfill"]
        write_state(self._fetch.workspace, NAME, state)

    def _asked(self) -> list[Days] | None:
        """Days that are read whatever was read before; None where only news are."""
        fetch = self._fetch
        if fetch.first or fetch.last:
            last = fetch.last or self._today
            return _range(fetch.first or last, min(last, self._today))
        return self._history if fetch.everything else None

    def _mine(self) -> dict[str, Any]:
        state = read_state(self._fetch.workspace, NAME)
        found: dict[str, Any] = state.get("insights", {}).get(self._key, {})
        # Whoever takes the files away wants them read again.
        return found if self._files.is_dir() else {}

    def _backfilled(self, mine: dict[str, Any], asked: list[Days]) -> list[Days]:
        """What was read of this same backfill, if it was ended a short while ago."""
        backfill = mine.get("backfill")
        if not backfill or backfill["asked"] != _written(asked):
            return []
        age_days = (self._fetch.today - date.fromisoformat(backfill["on"])).days
        return _ranges(backfill["read"]) if 0 <= age_days <= _RESUMED_WITHIN_DAYS else []


def _range(first: date, last: date) -> list[Days]:
    return [Days(first, last)] if first <= last else []


def _ranges(written: Iterable[list[str]] | None) -> list[Days]:
    return [Days(*map(date.fromisoformat, one)) for one in written or ()]


def _written(ranges: Iterable[Days]) -> list[list[str]]:
    return [[str(one.first), str(one.last)] for one in ranges]
