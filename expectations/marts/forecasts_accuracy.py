"""What is expected of `forecasts.accuracy`."""

from expectations.marts.forecasts_revenue import series_is_known
from expectations.marts.forecasts_scores import score_checks
from expectations.marts.names import EVERYBODY, FORECAST_METHODS
from expectations.writing import no_rows_where, text_list

TABLE = "forecasts.accuracy"

# Far below what it is meant to be, and beyond what chance does to so many scores, of which those
# of totals overlap.
LEAST_COVERAGE_OF_80 = 0.6
FEWEST_SCORES = 60

CHECKS = (
    *score_checks(TABLE, "rolling_origin"),
    series_is_known(TABLE),
    no_rows_where(
        TABLE,
        name="method_is_known",
        condition=f"method not in {text_list(FORECAST_METHODS)}",
        severity="refuse",
        meaning="Errors are of a method that nobody can look up.",
    ),
    no_rows_where(
        TABLE,
        name="baseline_is_held_against_itself",
        condition="is_baseline and wape is distinct from wape_of_baseline",
        severity="refuse",
        meaning="Methods are held against another baseline than the one that was tried.",
    ),
    no_rows_where(
        TABLE,
        name="intervals_hold_what_comes",
        condition=(
            f"series = '{EVERYBODY}' and is_used and days >= {FEWEST_SCORES} "
            f"and coverage_80 < {LEAST_COVERAGE_OF_80}"
        ),
        severity="warn",
        meaning="What came lay outside the intervals of 80 % far more often than they say.",
    ),
)
