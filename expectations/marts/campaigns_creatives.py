"""What is expected of `campaigns.creatives`."""

from expectations.marts.campaign_figures import (
    CPC,
    CTR,
    ROAS,
    SESSION_RATE,
    amounts_are_not_negative,
    ratios_are_of_their_sums,
)
from expectations.marts.ranges import ROUNDING
from expectations.writing import no_rows_where

TABLE = "campaigns.creatives"

CHECKS = (
    amounts_are_not_negative(
        TABLE, ("spend", "impressions", "clicks", "sessions", "conversions", "purchases")
    ),
    ratios_are_of_their_sums(
        TABLE, (CTR, CPC, ROAS, SESSION_RATE, ("platform_roas", "meta_purchase_value", "spend"))
    ),
    no_rows_where(
        TABLE,
        name="is_shown_by_an_ad",
        condition="spend is null or ads is null or ads < 1 or campaigns > ads",
        severity="refuse",
        meaning="Spend or results are of ads that are not counted.",
    ),
    no_rows_where(
        TABLE,
        name="ad_known_share_is_a_share",
        condition=f"ad_known_share < 0 or ad_known_share > 1 + {ROUNDING}",
        severity="warn",
        meaning="Nobody can tell how much of the sessions is missing from creatives.",
    ),
    no_rows_where(
        TABLE,
        name="only_creatives_are_ranked",
        condition="rank < 1 or (rank is not null and creative_id is null)",
        severity="refuse",
        meaning="Ads whose creative is unknown take a creative's place.",
    ),
)
