"""What is expected of `experiments.results`."""

from expectations.marts.experiments_figures import figure_checks
from expectations.marts.experiments_intervals import interval_checks
from expectations.marts.experiments_verdicts import verdict_checks
from expectations.writing import key_is_never_null

TABLE = "experiments.results"

CHECKS = (
    key_is_never_null(TABLE, ("experiment", "variant", "metric")),
    *figure_checks(TABLE),
    *interval_checks(TABLE),
    *verdict_checks(TABLE),
)
