"""The days that sources are to be asked for again."""

from datetime import date
from typing import NamedTuple

from orchestration.sources.registry import connectors
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.settings import Settings


class DayRange(NamedTuple):
    """Days, both ends included.

    Attributes:
        first: The first day.
        last: The last day.
    """

    first: date
    last: date


def day_range(first: str, last: str, *, today: date, settings: Settings) -> DayRange | None:
    """Read a range of days.

    Args:
        first: The first day (YYYY-MM-DD); blank for no range.
        last: The last day; blank for the run's day.
        today: The run's day, after which nothing can be asked for.
        settings: Of the workspace, which must have a source to ask.

    Returns:
        The range, or None where none was given.

    Raises:
        WorkspaceError: If it is no range, reaches beyond the run's day, or nobody can be asked.
    """
    if not first and not last:
        return None
    if not first:
        raise WorkspaceError(f"--to {last} needs --from: the first day to fetch again")
    days = DayRange(_day("--from", first), _day("--to", last) if last else today)
    if days.first > days.last:
        raise WorkspaceError(f"--from {days.first} is after --to {days.last}")
    if days.last > today:
        raise WorkspaceError(f"--to {days.last}: the last day of a run as of {today} is {today}")
    if not connectors(settings):
        raise WorkspaceError(
            "there is no source to fetch days from again: adplan.yaml sets none up. Files in "
            "landing/ are read whatever their days: run `adplan refresh` without --from"
        )
    return days


def _day(option: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise WorkspaceError(f"{option} {value!r}: accepted is a day as YYYY-MM-DD") from None
