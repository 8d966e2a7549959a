"""A run's day ends at midnight where the workspace is, summer time or not."""

from datetime import date, datetime, timedelta

import pytest

from orchestration.as_of import AsOf, resolve_as_of

MIDDAY = datetime(2026, 3, 10, 12, 0)


@pytest.mark.parametrize(
    ("day", "timezone", "ends_at_utc"),
    [
        (date(2026, 1, 15), "UTC", datetime(2026, 1, 16, 0)),
        (date(2026, 1, 15), "Europe/Berlin", datetime(2026, 1, 15, 23)),
        # The clock goes forward at 01:00 UTC: a day of 23 hours.
        (date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 29, 22)),
        # And back: a day of 25 hours.
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 25, 23)),
        (date(2026, 1, 15), "America/Los_Angeles", datetime(2026, 1, 16, 8)),
        (date(2026, 1, 15), "Asia/Kathmandu", datetime(2026, 1, 15, 18, 15)),
        # Midnight did not exist: Chile's clocks go forward at 24:00, to 01:00.
        (date(2026, 9, 5), "America/Santiago", datetime(2026, 9, 6, 4)),
        (date(2026, 12, 31), "Pacific/Auckland", datetime(2026, 12, 31, 11)),
    ],
)
def test_a_day_ends_at_local_midnight(day: date, timezone: str, ends_at_utc: datetime):
    assert AsOf(day, timezone).end == ends_at_utc


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 7, 1), 24), (date(2026, 10, 25), 25)]
)
def test_days_follow_each_other_without_a_gap(day: date, hours: int):
    before = AsOf(day - timedelta(days=1), "Europe/Berlin")
    assert AsOf(day, "Europe/Berlin").end - before.end == timedelta(hours=hours)


def test_clocks_may_be_five_minutes_ahead():
    as_of = AsOf(date(2026, 1, 15), "UTC")
    assert as_of.future_limit - as_of.end == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("timezone", "started_at", "today"),
    [
        ("UTC", MIDDAY, date(2026, 3, 10)),
        ("Pacific/Auckland", MIDDAY, date(2026, 3, 11)),
        ("America/Los_Angeles", datetime(2026, 3, 10, 5), date(2026, 3, 9)),
    ],
)
def test_today_is_read_where_the_workspace_is(timezone: str, started_at: datetime, today: date):
    assert resolve_as_of("today", timezone, started_at).day == today


def test_a_date_is_that_day_whenever_the_run_starts():
    day = date(2020, 2, 29)
    assert resolve_as_of(day, "Pacific/Auckland", MIDDAY) == AsOf(day, "Pacific/Auckland")


def test_latest_lets_in_what_today_lets_in():
    assert resolve_as_of("latest", "UTC", MIDDAY) == resolve_as_of("today", "UTC", MIDDAY)
