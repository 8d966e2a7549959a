"""What is read for one raw table: a query, and the part of its rows that is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from orchestration.sources.postgres.sql import moment

# Column of every query with a cursor: when the row last changed. It is not landed.
CHANGED_AT = "_changed_at"


@dataclass(frozen=True)
class Window:
    """Which rows are asked for, by when they last changed; both ends None for all there are.

    Attributes:
        since: The first moment (with a timezone).
        until: The moment after the last.
    """

    since: datetime | None = None
    until: datetime | None = None

    def condition(self, changed_at: str) -> str:
        """Return the SQL condition that a row changed within the window."""
        ends = [(">=", self.since), ("<", self.until)]
        bounds = [f"{changed_at} {sign} {moment(end)}" for sign, end in ends if end is not None]
        return " and ".join(bounds) or "true"


EVERYTHING = Window()


@dataclass(frozen=True)
class Extract:
    """A query whose rows land in one raw table.

    Attributes:
        table: The raw table, such as `commerce.orders`.
        name: Of its files; letters, digits, `_` and `-`.
        select: The query of a window, in an order that is always the same.
        newest: A query of one value, when the newest row changed; None without a cursor, and
            then all rows are read each time.
    """

    table: str
    name: str
    select: Callable[[Window], str]
    newest: str | None
