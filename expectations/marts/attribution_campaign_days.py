"""What is expected of `attribution.campaign_days`."""

from expectations.marts.credited_figures import figure_checks
from expectations.writing import key_is_never_null

TABLE = "attribution.campaign_days"

CHECKS = (
    # Without its campaign: what came without one has a row as well.
    key_is_never_null(TABLE, ("date", "attribution_model")),
    *figure_checks(TABLE),
)
