"""What is expected of `campaigns.campaign_days`."""

from expectations.marts.campaign_figures import (
    CAC,
    CPC,
    CTR,
    ROAS,
    SESSION_RATE,
    amounts_are_not_negative,
    ratios_are_of_their_sums,
)
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "campaigns.campaign_days"

CHECKS = (
    # Without its campaign: spend that names none has a row as well.
    key_is_never_null(TABLE, ("date",)),
    no_rows_where(
        TABLE,
        name="spend_is_known",
        condition="spend is null",
        severity="refuse",
        meaning="Spend is missing from every sum of the campaign.",
    ),
    amounts_are_not_negative(
        TABLE,
        (
            "spend",
            "budget",
            "impressions",
            "clicks",
            "reach",
            "conversions",
            "purchases",
            "new_customers",
        ),
    ),
    ratios_are_of_their_sums(
        TABLE,
        (
            CTR,
            CPC,
            ("cpm", "1000 * nullif(spend, 0)", "impressions"),
            ROAS,
            CAC,
            SESSION_RATE,
            ("platform_roas", "meta_purchase_value", "spend"),
        ),
    ),
    no_rows_where(
        TABLE,
        name="reach_is_at_most_the_sum_of_ads",
        condition="reach_at_least > reach or (reach_at_least is null) <> (reach is null)",
        severity="refuse",
        meaning="One ad reached more accounts than all of them.",
    ),
    no_rows_where(
        TABLE,
        name="later_steps_are_some_of_the_sessions",
        condition=(
            "sessions < 0 or unique_visitors > sessions or converting_sessions > sessions "
            "or cart_sessions > sessions or purchase_sessions > coalesce(cart_sessions, sessions)"
        ),
        severity="refuse",
        meaning="More bought than came, so that rates are above 100 %.",
    ),
    no_rows_where(
        TABLE,
        name="spend_without_a_campaign_has_no_results",
        condition=(
            "campaign_id is null "
            "and coalesce(sessions, conversions, revenue, new_customers) is not null"
        ),
        severity="refuse",
        meaning="What came without a campaign seems to be what unknown spend brought.",
    ),
)
