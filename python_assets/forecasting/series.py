"""Daily series, all of the same days: what every function here takes."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

# Days are counted from the first sale. Three weeks show each weekday three times.
FEWEST_DAYS = 21


@dataclass(frozen=True)
class DailySeries:
    """Series with a value for each day.

    Attributes:
        names: One per series, all different.
        first_day: Day of the first column.
        values: One row per series, one column per day, in any unit. Days before a series starts
            are NaN; from then on every open day has a value, 0 if nothing happened.
        is_open: Whether the shop was or will be open, for each day of values and as many days
            thereafter as are to be forecast. Closed days are forecast as 0, nothing is
            estimated from them, and they are not scored.

    Raises:
        ValueError: If shapes do not fit together, names repeat, or an open day lacks its value.
    """

    names: tuple[str, ...]
    first_day: dt.date
    values: Floats
    is_open: Booleans

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[0] != len(self.names):  # noqa: PLR2004
            raise ValueError(
                f"values of shape {self.values.shape} for {len(self.names)} series: one row per "
                "series and one column per day are needed"
            )
        if not self.days:
            raise ValueError("values of no day: one or more are needed")
        if len(set(self.names)) < len(self.names):
            repeated = next(name for name in self.names if self.names.count(name) > 1)
            raise ValueError(f"series {repeated!r} is there twice: names must differ")
        if self.is_open.ndim != 1 or len(self.is_open) < self.days:
            raise ValueError(
                f"is_open has shape {self.is_open.shape}; {self.days} days have values"
            )
        self._refuse_gaps()

    @property
    def days(self) -> int:
        """Number of days with values: the origin from which the future is forecast."""
        return int(self.values.shape[1])

    def date_of(self, day: int) -> dt.date:
        """Date of a column, also of one that is still to come."""
        return self.first_day + dt.timedelta(days=day)

    def rows(self, first: int, end: int) -> "DailySeries":
        """Some of the series, from the row `first` to before the row `end`."""
        return replace(self, names=self.names[first:end], values=self.values[first:end])

    def until(self, days: int) -> "DailySeries":
        """What was known after so many days."""
        return replace(self, values=self.values[:, :days])

    def _refuse_gaps(self) -> None:
        has_started = np.logical_or.accumulate(~np.isnan(self.values), axis=1)
        is_gap = np.isnan(self.values) & has_started & self.is_open[: self.days]
        is_wrong = is_gap | np.isinf(self.values)
        if is_wrong.any():
            row, day = (int(place) for place in np.argwhere(is_wrong)[0])
            raise ValueError(
                f"series {self.names[row]!r} has {self.values[row, day]} on "
                f"{self.date_of(day)}: a number is needed on every open day since it started"
            )


def first_sales(values: Floats) -> Integers:
    """Day of the first value that is not 0, of each series.

    Series that have only zeros count from their first value, and series without values from
    after their last day.
    """
    days = values.shape[1]
    is_sale = ~np.isnan(values) & (values != 0)
    has_started = np.where(is_sale.any(axis=1)[:, None], is_sale, ~np.isnan(values))
    # A column that is always there, so that a series without values has a first one too.
    ended = np.ones((len(values), 1), dtype=bool)
    first = np.concatenate([has_started, ended], axis=1).argmax(axis=1)
    return np.asarray(np.minimum(first, days), dtype=np.int64)


def require_open_days(series: DailySeries, ahead: int) -> None:
    """Refuse to forecast days of which nobody said whether the shop will be open.

    Raises:
        ValueError: If `is_open` ends too early.
    """
    if len(series.is_open) < series.days + ahead:
        raise ValueError(
            f"is_open has {len(series.is_open)} days; {series.days} with values and {ahead} to "
            "forecast are needed"
        )
