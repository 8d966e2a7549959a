"""The run's "now": a day in the workspace's timezone, and the moment that day ends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Clocks of trackers and servers differ; an event this little ahead is not from the future.
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class AsOf:
    """A day in a timezone.

    Attributes:
        day: The day the run looks at the world from.
        timezone: IANA name of the timezone the day is meant in.
    """

    day: date
    timezone: str

    @property
    def end(self) -> datetime:
        """The first moment after the day, in UTC without a timezone."""
        midnight = datetime.combine(self.day + timedelta(days=1), datetime.min.time())
        local = midnight.replace(tzinfo=ZoneInfo(self.timezone))
        return local.astimezone(UTC).replace(tzinfo=None)

    @property
    def future_limit(self) -> datetime:
        """The last moment an event may have happened, in UTC without a timezone."""
        return self.end + CLOCK_TOLERANCE


def resolve_as_of(setting: str | date, timezone: str, started_at: datetime) -> AsOf:
    """Turn the `as_of` setting into a day.

    Args:
        setting: A date, `today`, or `latest`.
        timezone: IANA name of the workspace's timezone.
        started_at: When the run started (UTC, without timezone), which `today` is read from.

    Returns:
        The day. For `latest` this is today too, as a bound on what may land; the day of the
        latest event takes its place once everything has landed.
    """
    if isinstance(setting, date):
        return AsOf(setting, timezone)
    today = started_at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()
    return AsOf(today, timezone)
