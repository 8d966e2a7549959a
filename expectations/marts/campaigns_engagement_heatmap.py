"""What is expected of `campaigns.engagement_heatmap`."""

from expectations.marts.names import EVERYBODY, PROSPECTS, RFM_SEGMENTS, WITHOUT_SEGMENT
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.engagement_heatmap"

_SEGMENTS = (*RFM_SEGMENTS, PROSPECTS, WITHOUT_SEGMENT, EVERYBODY)

CHECKS = (
    key_is_never_null(TABLE, ("campaign_id", "segment", "weekday", "hour")),
    no_rows_where(
        TABLE,
        name="segment_is_known",
        condition=f"segment not in {text_list(_SEGMENTS)}",
        severity="refuse",
        meaning="People are engaged under a segment that no report offers.",
    ),
    no_rows_where(
        TABLE,
        name="hour_is_one_of_the_week",
        condition="weekday < 1 or weekday > 7 or hour < 0 or hour > 23",
        severity="refuse",
        meaning="Engagements stand outside the week.",
    ),
    no_rows_where(
        TABLE,
        name="people_are_engaged",
        condition=(
            "engagements is null or persons is null or persons < 0 or persons > engagements "
            "or (persons = 0) <> (engagements = 0)"
        ),
        severity="refuse",
        meaning="There are engagements of nobody, or people who did nothing.",
    ),
    no_rows_where(
        TABLE,
        name="rates_are_shares",
        condition=(
            "coalesce(rate, -1) < 0 or rate > 1 "
            "or coalesce(share_of_engagements, -1) < 0 or share_of_engagements > 1"
        ),
        severity="refuse",
        meaning="An hour has more people or engagements than the week.",
    ),
)
