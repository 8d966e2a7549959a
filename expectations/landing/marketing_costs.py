"""What is expected of `marketing.costs`."""

from expectations.writing import no_rows_where

TABLE = "marketing.costs"

CHECKS = (
    no_rows_where(
        TABLE,
        name="cost_is_known",
        condition="cost is null",
        severity="warn",
        meaning="The campaign's day has no cost, so returns on it look better than they are.",
    ),
    no_rows_where(
        TABLE,
        name="clicks_do_not_exceed_impressions",
        condition="clicks > impressions",
        severity="warn",
        meaning="Click rates above 100 %: two columns of the file may be swapped.",
    ),
)
