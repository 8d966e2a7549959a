"""How to forecast: one function per method, by name. Another method is one function more.

A method sees what was known at the end of a day, the origin, and nothing later. It adds in an
order that does not depend on how many series there are (no matrix products), so that a series is
forecast the same, to the last bit, alone and among others.
"""

from collections.abc import Callable

import numpy as np

from python_assets.forecasting.series import Booleans, Floats

# Of history (series x days), open days (as many and those to forecast) and the number of days to
# forecast: forecasts (series x days to forecast), 0 or more.
Method = Callable[[Floats, Booleans, int], Floats]

_WEEKS = 8
_DAYS_PER_WEEK = 7
WINDOW_DAYS = _WEEKS * _DAYS_PER_WEEK
# The level remembers about as far back as it is forecast ahead: weights that halve in 10 days
# have the mean age of a plain mean over 29. On Online Retail the error is flat around it: daily
# WAPE over 1-7 days is .276 to .277 for half-lives of 7 to 14 days.
_HALF_LIFE_DAYS = 10


def weekday_level(history: Floats, is_open: Booleans, horizon: int) -> Floats:
    """A weekday profile of the last 8 weeks times an exponentially smoothed level.

    The profile is the mean of each weekday. The level is what came by what the profile would have
    had, both weighted by age: 1 if the last weeks were like the eight, above 1 after growth. A
    weekday that sold nothing for 8 weeks is forecast as 0, and so is a series that ended.

    Args:
        history: Series x days up to the origin, at least one; NaN before a series starts.
        is_open: Whether the shop is open on those days and on the days to forecast.
        horizon: Days to forecast.

    Returns:
        Series x days to forecast, in the unit of the history, never below 0.

    Example:
        >>> weeks = np.tile([10.0, 20, 30, 40, 50, 0, 5], 10)[None, :]
        >>> weekday_level(weeks, np.ones(77, dtype=bool), 7).round(6).tolist()
        [[10.0, 20.0, 30.0, 40.0, 50.0, 0.0, 5.0]]
    """
    values, is_known = _last_weeks(history, is_open)
    counts = _total([is_known[:, week].astype(np.float64) for week in range(_WEEKS)])
    sums = _total([values[:, week] for week in range(_WEEKS)])
    profile = np.maximum(_ratio(sums, counts), 0)
    ages = np.arange(WINDOW_DAYS)[::-1].reshape(_WEEKS, _DAYS_PER_WEEK)
    weights = 0.5 ** (ages / _HALF_LIFE_DAYS)
    came = _total([values[:, week] * weights[week] for week in range(_WEEKS)])
    usual = _total([is_known[:, week] * weights[week] for week in range(_WEEKS)]) * profile
    level = np.maximum(_ratio(_over_weekdays(came), _over_weekdays(usual)), 0)
    return _ahead(profile * level[:, None], history, is_open, horizon)


def seasonal_naive(history: Floats, is_open: Booleans, horizon: int) -> Floats:
    """The same weekday of last week, or of the latest week in which the shop was open on it.

    Arguments and result are those of `weekday_level`; days below 0 are forecast as 0.

    Example:
        >>> two_weeks = np.arange(14.0)[None, :]
        >>> seasonal_naive(two_weeks, np.ones(17, dtype=bool), 3).tolist()
        [[7.0, 8.0, 9.0]]
    """
    values, is_known = _last_weeks(history, is_open)
    latest = np.zeros((len(values), _DAYS_PER_WEEK))
    for week in range(_WEEKS):
        latest = np.where(is_known[:, week], values[:, week], latest)
    return _ahead(np.maximum(latest, 0), history, is_open, horizon)


# The order decides between methods that are equally good, or that nothing is known of.
METHODS: dict[str, Method] = {"weekday_level": weekday_level, "seasonal_naive": seasonal_naive}
BASELINE = "seasonal_naive"


def _last_weeks(history: Floats, is_open: Booleans) -> tuple[Floats, Booleans]:
    """Values (series x weeks x 7, 0 where unknown) and whether they are known, latest week last."""
    days = history.shape[1]
    missing = max(WINDOW_DAYS - days, 0)
    window = np.pad(history[:, -WINDOW_DAYS:], ((0, 0), (missing, 0)), constant_values=np.nan)
    was_open = np.pad(is_open[max(days - WINDOW_DAYS, 0) : days], (missing, 0))
    is_known = ~np.isnan(window) & was_open
    shape = (len(history), _WEEKS, _DAYS_PER_WEEK)
    return np.where(is_known, window, 0).reshape(shape), is_known.reshape(shape)


def _ahead(week: Floats, history: Floats, is_open: Booleans, horizon: int) -> Floats:
    """Repeat a week on the open days to come. Its first column is the first day to forecast."""
    days = history.shape[1]
    repeated = week[:, np.arange(horizon) % _DAYS_PER_WEEK]
    return np.where(is_open[days : days + horizon], repeated, 0)


def _over_weekdays(weekdays: Floats) -> Floats:
    return _total([weekdays[:, weekday] for weekday in range(_DAYS_PER_WEEK)])


def _total(terms: list[Floats]) -> Floats:
    """Add in the order given: numpy's own sums may order by the shape of the array."""
    total = np.zeros_like(terms[0])
    for term in terms:
        total = total + term
    return total


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
