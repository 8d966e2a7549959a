"""What is expected of `campaigns.fct_ad_days`."""

from expectations.writing import few_rows_where, key_is_never_null, no_rows_where

TABLE = "campaigns.fct_ad_days"

# As on landing: clicks and their impressions may fall on two days.
MOST_MORE_CLICKED_THAN_SHOWN = 0.01

CHECKS = (
    key_is_never_null(TABLE, ("ad_id", "date")),
    no_rows_where(
        TABLE,
        name="spend_is_not_negative",
        condition="spend < 0",
        severity="refuse",
        meaning="Spend is too low, so returns on it look better than they are.",
    ),
    no_rows_where(
        TABLE,
        name="no_exchange_rate_is_missing",
        condition="spend is null and original_spend is not null",
        severity="warn",
        meaning="No rate for the currency and day landed; the ad's day counts without its spend.",
    ),
    no_rows_where(
        TABLE,
        name="counts_are_not_negative",
        condition="impressions < 0 or clicks < 0 or reach < 0",
        severity="warn",
        meaning="Impressions, clicks or reach of the ad are counted too low.",
    ),
    few_rows_where(
        TABLE,
        name="clicks_rarely_exceed_impressions",
        condition="clicks > impressions",
        among="clicks is not null and impressions is not null",
        at_most=MOST_MORE_CLICKED_THAN_SHOWN,
        meaning="Click rates above 100 %.",
    ),
    no_rows_where(
        TABLE,
        name="results_are_not_negative",
        condition="meta_purchases < 0 or meta_purchase_value < 0 or meta_leads < 0",
        severity="warn",
        meaning="What Meta reports for the ad is counted too low.",
    ),
)
