"""What is expected of `conversions.conversion_days`."""

from expectations.marts.campaign_figures import SESSION_RATE, ratios_are_of_their_sums
from expectations.marts.credited_figures import channel_is_known
from expectations.marts.names import CONVERSION_TYPES
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "conversions.conversion_days"

CHECKS = (
    key_is_never_null(TABLE, ("date", "conversion_type", "channel")),
    channel_is_known(TABLE),
    no_rows_where(
        TABLE,
        name="conversion_type_is_known",
        condition=f"conversion_type not in {text_list(CONVERSION_TYPES)}",
        severity="refuse",
        meaning="Conversions are missing from every figure that is split by type.",
    ),
    no_rows_where(
        TABLE,
        name="counts_are_known",
        condition=(
            "conversions is null or conversions < 0 or sessions is null or converting_sessions < 0 "
            "or converting_sessions > sessions or value is null"
        ),
        severity="refuse",
        meaning="More sessions converted than there were, or conversions are not counted.",
    ),
    ratios_are_of_their_sums(TABLE, (SESSION_RATE,)),
    no_rows_where(
        TABLE,
        name="average_needs_a_conversion",
        condition="average_value is not null and conversions = 0",
        severity="refuse",
        meaning="There is an average of nothing.",
    ),
)
