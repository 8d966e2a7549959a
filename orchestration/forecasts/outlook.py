"""The day up to which is known what came, and the days from it on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from orchestration.workspace.forecast_settings import ForecastSettings, Weekday

if TYPE_CHECKING:
    from python_assets.forecasting.series import Booleans

_WEEKDAYS = {name: number for number, name in enumerate(get_args(Weekday))}


@dataclass(frozen=True)
class Outlook:
    """From where a run looks ahead.

    Attributes:
        as_of: The run's day.
        last_day: The last day that is over. The run's day itself, unless that is today: a morning
            taken for a day would drag down every forecast.
        settings: How far ahead, and on which days the shop is open.
    """

    as_of: dt.date
    last_day: dt.date
    settings: ForecastSettings

    @classmethod
    def of(cls, as_of: dt.date, setting: object, settings: ForecastSettings) -> Outlook:
        """The outlook of a run on a day that was set as a date, as `latest` or as `today`."""
        last_day = as_of - dt.timedelta(days=1) if setting == "today" else as_of
        return cls(as_of, last_day, settings)

    @property
    def month_end(self) -> dt.date:
        """Last day of the run's month."""
        next_month = self.as_of.replace(day=28) + dt.timedelta(days=4)
        return next_month - dt.timedelta(days=next_month.day)

    def is_open(self, first: dt.date, ahead: int) -> Booleans:
        """Whether the shop is open, from a day until so many days after the last one."""
        from python_assets.forecasting.open_days import open_days  # noqa: PLC0415

        return open_days(
            first,
            self.last_day + dt.timedelta(days=ahead),
            closed_weekdays=[_WEEKDAYS[name] for name in self.settings.closed_weekdays],
            closed_dates=self.settings.closed_dates,
            holiday_country=self.settings.holiday_country,
            holiday_subdivision=self.settings.holiday_subdivision,
        )
