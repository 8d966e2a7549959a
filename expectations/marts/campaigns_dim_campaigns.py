"""What is expected of `campaigns.dim_campaigns`."""

from expectations.marts.names import CHANNELS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.dim_campaigns"

CHECKS = (
    key_is_never_null(TABLE, ("campaign_id",)),
    # A warning: some exports name the channel in words of their own.
    no_rows_where(
        TABLE,
        name="channel_is_known",
        condition=f"channel not in {text_list(CHANNELS)}",
        severity="warn",
        meaning="Grouped by channel, the campaign stands apart from its own visits and credit.",
    ),
    no_rows_where(
        TABLE,
        name="spend_is_not_negative",
        condition="spend is null or spend < 0",
        severity="refuse",
        meaning="Spend is too low, so returns on it look better than they are.",
    ),
    no_rows_where(
        TABLE,
        name="spend_has_its_days",
        condition="spend > 0 and (first_spend_date is null or last_spend_date < first_spend_date)",
        severity="warn",
        meaning="The campaign seems never to have run, so no period includes its spend.",
    ),
)
