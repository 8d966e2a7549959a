"""What is expected of `attribution.paths`."""

from expectations.writing import key_is_never_null, no_rows_where

TABLE = "attribution.paths"

CHECKS = (
    key_is_never_null(TABLE, ("goal", "path")),
    no_rows_where(
        TABLE,
        name="counts_are_not_negative",
        condition=(
            "conversions is null or conversions < 0 "
            "or non_conversions is null or non_conversions < 0"
        ),
        severity="refuse",
        meaning="Markov and shapley judge channels by paths that nobody can have walked.",
    ),
    no_rows_where(
        TABLE,
        name="somebody_walked_it",
        condition="conversions = 0 and non_conversions = 0",
        severity="warn",
        meaning="A path that led to nothing, for nobody, lengthens the list of those that matter.",
    ),
    no_rows_where(
        TABLE,
        name="days_to_convert_go_with_conversions",
        condition="(conversions = 0) <> (median_days_to_convert is null)",
        severity="warn",
        meaning="A time to convert without a conversion, or the other way round, is made up.",
    ),
    no_rows_where(
        TABLE,
        name="days_to_convert_is_not_negative",
        condition="median_days_to_convert < 0",
        severity="warn",
        meaning="People seem to convert before they first came.",
    ),
)
