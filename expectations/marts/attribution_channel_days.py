"""What is expected of `attribution.channel_days`."""

from expectations.marts.credited_figures import channel_is_known, figure_checks
from expectations.writing import key_is_never_null

TABLE = "attribution.channel_days"

CHECKS = (
    key_is_never_null(TABLE, ("date", "channel", "attribution_model")),
    channel_is_known(TABLE),
    *figure_checks(TABLE),
)
