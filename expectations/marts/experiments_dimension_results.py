"""What is expected of `experiments.dimension_results`."""

from expectations.marts.experiments_figures import figure_checks
from expectations.marts.experiments_intervals import interval_checks
from expectations.marts.experiments_verdicts import verdict_checks
from expectations.marts.names import EXPERIMENT_DIMENSIONS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "experiments.dimension_results"

CHECKS = (
    key_is_never_null(TABLE, ("experiment", "variant", "metric", "dimension", "dimension_value")),
    no_rows_where(
        TABLE,
        name="dimension_is_known",
        condition=f"dimension not in {text_list(EXPERIMENT_DIMENSIONS)}",
        severity="refuse",
        meaning="Units are split by what nobody asked for, or not at all.",
    ),
    *figure_checks(TABLE),
    *interval_checks(TABLE),
    *verdict_checks(TABLE),
)
