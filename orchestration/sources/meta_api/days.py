"""Which days are read: what was never read, what may still change, or what was asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Days:
    """A range of days, both included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def halves(self) -> tuple["Days", "Days"]:
        """Both halves of a range of two days or more."""
        middle = self.first + _DAY * (self.count // 2 - 1)
        return Days(self.first, middle), Days(middle + _DAY, self.last)

    def __iter__(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + _DAY * place for place in range(self.count))

    def __str__(self) -> str:
        return str(self.first) if self.count == 1 else f"{self.first} to {self.last}"


def merged(ranges: Iterable[Days]) -> list[Days]:
    """The same days in as few ranges as they make, in order.

    Example:
        >>> day = lambda number: date(2026, 1, number)
        >>> [str(one) for one in merged([Days(day(4), day(5)), Days(day(1), day(3))])]
        ['2026-01-01 to 2026-01-05']
    """
    found: list[Days] = []
    for one in sorted(ranges):
        if found and one.first <= found[-1].last + _DAY:
            found[-1] = Days(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return found


def without(asked: Iterable[Days], done: Iterable[Days]) -> list[Days]:
    """The days of some ranges that are in none of the others.

    Example:
        >>> day = lambda number: date(2026, 1, number)
        >>> left = without([Days(day(1), day(9))], [Days(day(3), day(4)), Days(day(8), day(20))])
        >>> [str(one) for one in left]
        ['2026-01-01 to 2026-01-02', '2026-01-05 to 2026-01-07']
    """
    left = merged(asked)
    for taken in done:
        left = [part for one in left for part in _around(one, taken)]
    return left


def chunks(ranges: Iterable[Days], days: int) -> list[Days]:
    """Ranges of at most so many days, the newest first: what is looked at most is there first."""
    found = [part for one in ranges for part in _from_the_end(one, days)]
    return sorted(found, reverse=True)


def _from_the_end(one: Days, days: int) -> Iterator[Days]:
    last = one.last
    while last >= one.first:
        first = max(one.first, last - _DAY * (days - 1))
        yield Days(first, last)
        last = first - _DAY


def _around(one: Days, taken: Days) -> list[Days]:
    parts = (
        Days(one.first, min(one.last, taken.first - _DAY)),
        Days(max(one.first, taken.last + _DAY), one.last),
    )
    return [part for part in parts if part.first <= part.last]
