"""What is expected of `forecasts.past_revenue`.

They stay as they were published, with channels, segments and methods that may since have gone.
"""

from expectations.marts.forecasts_figures import forecast_checks
from expectations.marts.forecasts_revenue import KEY, period_is_known
from expectations.writing import key_is_never_null

TABLE = "forecasts.past_revenue"

CHECKS = (
    key_is_never_null(TABLE, KEY),
    period_is_known(TABLE),
    *forecast_checks(TABLE),
)
