"""What is expected of `health.query_costs`."""

from expectations.writing import key_is_never_null, no_rows_where

TABLE = "health.query_costs"

CHECKS = (
    key_is_never_null(TABLE, ("query",)),
    no_rows_where(
        TABLE,
        name="seconds_or_the_reason",
        condition="seconds < 0 or (seconds is null) <> (why_not is not null)",
        severity="refuse",
        meaning="Nobody can tell what a page costs, or why that is not known.",
    ),
    no_rows_where(
        TABLE,
        name="queries_run",
        condition="why_not is not null",
        severity="warn",
        meaning="A page of the report will be without its figures.",
    ),
)
