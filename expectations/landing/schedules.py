"""What is expected of the tables of campaigns and ad sets: they end after they start."""

from expectations.checks import Check
from expectations.writing import no_rows_where

# Table, and the column that ends it.
ENDS = {
    "meta_ads.campaigns": "stop_time",
    "meta_ads.adsets": "end_time",
    "marketing.campaigns": "end_time",
}


def schedule_checks(table: str) -> tuple[Check, ...]:
    """Return what is expected of a table whose rows have a start and an end."""
    return (
        no_rows_where(
            table,
            name="ends_after_it_starts",
            condition=f"{ENDS[table]} < start_time",
            severity="warn",
            meaning="One of the two times is wrong, so days to the end cannot be told.",
        ),
    )
