"""What is expected of `attribution.model_comparison`."""

from expectations.marts.credited_figures import ROUNDING, channel_is_known, figure_checks
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "attribution.model_comparison"

CHECKS = (
    key_is_never_null(TABLE, ("channel", "attribution_model")),
    channel_is_known(TABLE),
    *figure_checks(TABLE),
    no_rows_where(
        TABLE,
        name="share_is_a_share",
        condition=f"share < -{ROUNDING} or share > 1 + {ROUNDING}",
        severity="refuse",
        meaning="A channel seems to bring more than everything, or less than nothing.",
    ),
    no_rows_where(
        TABLE,
        name="spread_is_not_negative",
        condition="spread < 0",
        severity="warn",
        meaning="How much the choice of a model matters cannot be less than not at all.",
    ),
)
