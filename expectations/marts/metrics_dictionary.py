"""What is expected of `metrics.dictionary`."""

from expectations.marts.names import METRIC_UNITS, METRICS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "metrics.dictionary"

_WORDS = ("name", "formula", "owner", "cadence", "windows", "dimensions", "no_value_means")

CHECKS = (
    key_is_never_null(TABLE, ("metric",)),
    no_rows_where(
        TABLE,
        name="metric_is_known",
        condition=f"metric not in {text_list(METRICS)}",
        severity="refuse",
        meaning="Targets and pages name metrics that are called otherwise here.",
    ),
    no_rows_where(
        TABLE,
        name="unit_is_known",
        condition=(
            f"unit is null or unit not in {text_list(METRIC_UNITS)} "
            "or display_factor is distinct from if(unit in ('%', 'points'), 100, 1)"
        ),
        severity="refuse",
        meaning="A value is shown a hundred times too large or small.",
    ),
    no_rows_where(
        TABLE,
        name="is_told_in_words",
        condition=" or ".join(f"coalesce({word}, '') = ''" for word in _WORDS),
        severity="refuse",
        meaning="Nobody can look up what a figure means, or whom to ask.",
    ),
    no_rows_where(
        TABLE,
        name="healthy_range_is_in_order",
        condition="healthy_low > healthy_high",
        severity="refuse",
        meaning="No value can be healthy.",
    ),
)
