"""What is expected of `forecasts.campaign_spend`."""

from expectations.marts.forecasts_figures import forecast_checks
from expectations.marts.names import CAMPAIGN_MEASURES, FORECAST_METHODS, NO_METHOD
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "forecasts.campaign_spend"

# Of a ratio, that of the numerator and that of the denominator.
_METHODS_OF_RATIOS = tuple(
    f"{above} / {below}" for above in FORECAST_METHODS for below in FORECAST_METHODS
)

CHECKS = (
    key_is_never_null(TABLE, ("as_of", "campaign_id", "measure", "horizon_days")),
    no_rows_where(
        TABLE,
        name="measure_is_known",
        condition=f"measure not in {text_list(CAMPAIGN_MEASURES)}",
        severity="refuse",
        meaning="Nobody can tell what is expected of the campaign.",
    ),
    no_rows_where(
        TABLE,
        name="method_is_known",
        condition=(
            "method is null "
            f"or (measure = 'roas' and method not in {text_list((*_METHODS_OF_RATIOS, NO_METHOD))})"
            f" or (measure <> 'roas' and method not in {text_list((*FORECAST_METHODS, NO_METHOD))})"
        ),
        severity="refuse",
        meaning="Nobody can tell how it was forecast.",
    ),
    *forecast_checks(TABLE),
)
