"""What is expected of `crm.feedback`."""

from expectations.writing import no_rows_where

TABLE = "crm.feedback"

CHECKS = (
    no_rows_where(
        TABLE,
        name="rating_is_within_its_scale",
        condition="rating > scale",
        severity="warn",
        meaning="A rating above its scale makes a detractor look like a promoter.",
    ),
    no_rows_where(
        TABLE,
        name="scale_is_known",
        condition="scale not in (5, 10)",
        severity="warn",
        meaning="Ratings of another scale cannot be turned into a promoter score.",
    ),
)
