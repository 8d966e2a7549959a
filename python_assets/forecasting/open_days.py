"""Days on which a shop is open."""

import datetime as dt
from collections.abc import Collection

import holidays
import numpy as np

from python_assets.forecasting.series import Booleans

_DAYS_PER_WEEK = 7


def open_days(  # noqa: PLR0913 (settings, named where it is called)
    first: dt.date,
    last: dt.date,
    *,
    closed_weekdays: Collection[int] = (),
    closed_dates: Collection[dt.date] = (),
    holiday_country: str | None = None,
    holiday_subdivision: str | None = None,
) -> Booleans:
    """Whether a shop is open, for each day from `first` to `last`.

    Args:
        first: First day.
        last: Last day, not before the first.
        closed_weekdays: Weekdays it is closed on: 0 is Monday and 6 is Sunday.
        closed_dates: Further days it is closed on.
        holiday_country: Country on whose public holidays it is closed, as ISO 3166 has it (GB).
        holiday_subdivision: Part of the country whose holidays count too, such as ENG.

    Raises:
        ValueError: If days, weekdays, country or subdivision are not ones.

    Example:
        >>> week = dt.date(2025, 12, 24), dt.date(2025, 12, 28)
        >>> open_days(*week, closed_weekdays=[6], holiday_country="GB").tolist()
        [True, False, False, True, False]
    """
    if last < first:
        raise ValueError(f"the last day, {last}, is before the first, {first}")
    wrong = sorted(set(closed_weekdays) - set(range(_DAYS_PER_WEEK)))
    if wrong:
        raise ValueError(f"closed weekday {wrong[0]}: 0 (Monday) to 6 (Sunday) are accepted")
    closed = set(closed_dates)
    if holiday_country is not None:
        closed |= _public_holidays(first, last, holiday_country, holiday_subdivision)
    elif holiday_subdivision is not None:
        raise ValueError(f"subdivision {holiday_subdivision!r} has no country")
    days = [first + dt.timedelta(days=day) for day in range((last - first).days + 1)]
    return np.array([day.weekday() not in closed_weekdays and day not in closed for day in days])


def _public_holidays(
    first: dt.date, last: dt.date, country: str, subdivision: str | None
) -> set[dt.date]:
    years = range(first.year, last.year + 1)
    try:
        return set(holidays.country_holidays(country, subdiv=subdivision, years=years))
    except NotImplementedError as error:
        known = holidays.list_supported_countries()
        accepted = ", ".join(known[country] if country in known else sorted(known))
        name = f"{country} {subdivision or ''}".strip()
        raise ValueError(
            f"no public holidays are known of {name!r}; accepted are: {accepted}"
        ) from error
