"""What is expected of `campaigns.leaderboard`."""

from expectations.marts.campaign_figures import (
    CAC,
    CPC,
    CTR,
    ROAS,
    amounts_are_not_negative,
    ratios_are_of_their_sums,
)
from expectations.marts.names import LEADERBOARD_WINDOWS, ROAS_TRENDS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.leaderboard"

CHECKS = (
    # Without its campaign: spend that names none has a place as well.
    key_is_never_null(TABLE, ("window_days", "rank")),
    no_rows_where(
        TABLE,
        name="period_is_as_long_as_it_says",
        condition=(
            f"window_days not in {LEADERBOARD_WINDOWS} or period_start is null "
            "or period_end is distinct from period_start + window_days - 1"
        ),
        severity="refuse",
        meaning="Figures are of other days than they say.",
    ),
    amounts_are_not_negative(
        TABLE,
        (
            "spend",
            "previous_spend",
            "budget",
            "impressions",
            "clicks",
            "sessions",
            "conversions",
            "new_customers",
        ),
    ),
    ratios_are_of_their_sums(
        TABLE,
        (
            CTR,
            CPC,
            ROAS,
            CAC,
            ("budget_used", "spend", "budget"),
            ("previous_roas", "previous_revenue", "previous_spend"),
        ),
    ),
    no_rows_where(
        TABLE,
        name="trend_is_that_of_roas",
        condition=(
            f"roas_trend not in {text_list(ROAS_TRENDS)} "
            "or (roas_trend is null) <> (roas is null or previous_roas is null) "
            "or (roas_trend = 'up' and roas <= previous_roas) "
            "or (roas_trend = 'down' and roas >= previous_roas)"
        ),
        severity="refuse",
        meaning="A campaign is said to do better and does worse.",
    ),
    no_rows_where(
        TABLE,
        name="alert_goes_with_days_below_target",
        condition=(
            "is_alert is null or days_below_target is null or days_below_target < 0 "
            "or (is_alert and days_below_target = 0) or is_alert <> (coalesce(alert, '') <> '')"
        ),
        severity="refuse",
        meaning="Somebody is alerted of a campaign that does well, or of nothing.",
    ),
)
