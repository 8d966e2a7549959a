"""What is expected of every table of forecasts, whatever they are of.

Not of one table: what is forecast, and by which methods, is in the tables' own modules.
"""

from itertools import pairwise

from expectations.checks import Check
from expectations.marts.names import FORECAST_METHODS, NO_METHOD
from expectations.marts.ranges import ROUNDING
from expectations.writing import no_rows_where, text_list

# The levels that every workspace publishes, the narrowest interval first.
_LEVELS = (50, 80, 95)
_LOWER = tuple(f"lower_{level}" for level in _LEVELS)
_UPPER = tuple(f"upper_{level}" for level in _LEVELS)

# From the lower end of the widest interval up to its upper end.
_ASCENDING = (*reversed(_LOWER), "forecast", *_UPPER)


def forecast_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of forecasts, their intervals and the days they are of."""
    return (
        # The run's day counts as over unless it was asked for as today.
        no_rows_where(
            table,
            name="day_is_as_far_ahead_as_it_says",
            condition=(
                "horizon_days < 1 or forecast_date is null "
                "or date_diff('day', as_of, forecast_date) "
                "not in (horizon_days, horizon_days - 1)"
            ),
            severity="refuse",
            meaning="The forecast is of another day than it was made for.",
        ),
        no_rows_where(
            table,
            name="forecast_is_not_negative",
            condition=" or ".join(f"{name} < 0 or not isfinite({name})" for name in _ASCENDING),
            severity="refuse",
            meaning="Less than nothing is expected, or no number.",
        ),
        no_rows_where(
            table,
            name="no_forecast_without_a_method",
            condition=f"(forecast is null) <> coalesce(method = '{NO_METHOD}', false)",
            severity="refuse",
            meaning="A forecast is invented, or one that there is gets lost.",
        ),
        no_rows_where(
            table,
            name="intervals_nest_around_the_forecast",
            condition=" or ".join(
                f"{lower} > {upper} + {ROUNDING} * {upper}" for lower, upper in pairwise(_ASCENDING)
            ),
            severity="refuse",
            meaning="What is said to come more surely is narrower, or not around what is expected.",
        ),
        no_rows_where(
            table,
            name="only_the_widest_intervals_are_missing",
            condition=" or ".join(
                [
                    *(
                        f"({lower} is null) <> ({upper} is null)"
                        for lower, upper in zip(_LOWER, _UPPER, strict=True)
                    ),
                    *(
                        f"({narrower} is null and {wider} is not null)"
                        for narrower, wider in zip(("forecast", *_UPPER), _UPPER, strict=False)
                    ),
                ]
            ),
            severity="refuse",
            meaning="An interval stands alone, without a forecast or the narrower ones.",
        ),
        no_rows_where(
            table,
            name="says_why_something_is_missing",
            condition=f"{_UPPER[-1]} is null and coalesce(why_not, '') = ''",
            severity="refuse",
            meaning="A forecast or an interval is missing, and nobody is told that history is.",
        ),
    )


def method_is_known(table: str) -> Check:
    """Return the check that every forecast is by a method of the product, or by none."""
    return no_rows_where(
        table,
        name="method_is_known",
        condition=f"method is null or method not in {text_list((*FORECAST_METHODS, NO_METHOD))}",
        severity="refuse",
        meaning="Nobody can tell how it was forecast, or how wrong that used to be.",
    )
