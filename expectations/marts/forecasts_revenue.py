"""What is expected of `forecasts.revenue`."""

from expectations.checks import Check
from expectations.marts.forecasts_figures import forecast_checks, method_is_known
from expectations.marts.names import FORECAST_PERIODS, REVENUE_SERIES
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "forecasts.revenue"
KEY = ("as_of", "series", "period", "horizon_days")


def period_is_known(table: str) -> Check:
    """Return the check that every forecast is of a day or of a total."""
    return no_rows_where(
        table,
        name="period_is_known",
        condition=f"period not in {text_list(FORECAST_PERIODS)}",
        severity="refuse",
        meaning="Totals cannot be told from days, and are added up with them.",
    )


def series_is_known(table: str) -> Check:
    """Return the check that every series is of everything, a channel or a segment."""
    return no_rows_where(
        table,
        name="series_is_known",
        condition=f"series not in {text_list(REVENUE_SERIES)}",
        severity="refuse",
        meaning="Revenue is expected of a channel or segment that no report knows.",
    )


CHECKS = (
    key_is_never_null(TABLE, KEY),
    series_is_known(TABLE),
    period_is_known(TABLE),
    method_is_known(TABLE),
    *forecast_checks(TABLE),
)
