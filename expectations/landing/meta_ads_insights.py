"""What is expected of `meta_ads.insights` and of its breakdowns."""

from expectations.checks import Check
from expectations.writing import few_rows_where, no_rows_where

TABLES = (
    "meta_ads.insights",
    "meta_ads.insights_age_gender",
    "meta_ads.insights_platform",
    "meta_ads.insights_country",
)

# Meta counts a click on the day it happens and its impression on the day of showing, so ads
# that just ended have some days with clicks alone.
MOST_MORE_CLICKED_THAN_SHOWN = 0.01


def insights_checks(table: str) -> tuple[Check, ...]:
    """Return what is expected of ad insights of any breakdown."""
    return (
        few_rows_where(
            table,
            name="clicks_rarely_exceed_impressions",
            condition="clicks > impressions",
            among="clicks is not null and impressions is not null",
            at_most=MOST_MORE_CLICKED_THAN_SHOWN,
            meaning="Click rates above 100 %: two columns of the export may be swapped.",
        ),
        no_rows_where(
            table,
            name="counts_are_not_negative",
            condition="impressions < 0 or clicks < 0 or reach < 0",
            severity="warn",
            meaning="Impressions, clicks or reach of the ad are counted too low.",
        ),
        no_rows_where(
            table,
            name="stops_after_it_starts",
            condition="date_stop < date_start",
            severity="warn",
            meaning="One of the two dates is wrong; the spend is booked on date_start.",
        ),
        no_rows_where(
            table,
            name="covers_one_day",
            condition="date_stop > date_start",
            severity="warn",
            meaning="The spend of several days is booked on the first of them.",
        ),
        no_rows_where(
            table,
            name="spend_is_known",
            condition="spend is null",
            severity="warn",
            meaning="The ad's day has no spend, so returns on it look better than they are.",
        ),
    )
