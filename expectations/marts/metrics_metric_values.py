"""What is expected of `metrics.metric_values`."""

from expectations.marts.names import (
    METRIC_DIMENSIONS,
    METRIC_PERIODS,
    METRIC_SHARES,
    METRICS,
)
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "metrics.metric_values"

_SLACK = f"{ROUNDING} * greatest(1, abs(value))"

CHECKS = (
    key_is_never_null(
        TABLE, ("metric", "dimension", "dimension_value", "period", "period_start", "period_end")
    ),
    no_rows_where(
        TABLE,
        name="names_are_known",
        condition=(
            f"metric not in {text_list(METRICS)} "
            f"or dimension not in {text_list(METRIC_DIMENSIONS)} "
            f"or period not in {text_list(METRIC_PERIODS)} "
            "or (dimension = 'all') <> (dimension_value = 'all')"
        ),
        severity="refuse",
        meaning="A figure is under a name that nobody looks for.",
    ),
    no_rows_where(
        TABLE,
        name="period_is_as_long_as_it_says",
        condition=(
            "period_start > period_end or period_end > as_of "
            "or (period in ('1d', 'day') and period_start <> period_end) "
            "or (period = '7d' and period_start <> period_end - 6) "
            "or (period = '30d' and period_start <> period_end - 29) "
            "or (period = '90d' and period_start <> period_end - 89) "
            "or (period = 'ytd' and period_start <> date_trunc('year', period_end)::date)"
        ),
        severity="refuse",
        meaning="A figure is of other days than it says.",
    ),
    no_rows_where(
        TABLE,
        name="value_is_numerator_by_denominator",
        condition=(
            "value is not null and numerator is not null "
            "and (denominator is null "
            f"or not abs(value * denominator - numerator) <= {ROUNDING} "
            "* greatest(1, abs(numerator)))"
        ),
        severity="refuse",
        meaning="A ratio is not what it is said to be made of.",
    ),
    no_rows_where(
        TABLE,
        name="says_why_there_is_no_value",
        condition="(value is null) <> (why_null is not null)",
        severity="refuse",
        meaning="A gap looks like an error, or a value like a gap.",
    ),
    no_rows_where(
        TABLE,
        name="value_is_a_number",
        condition=(
            "not isfinite(value) "
            f"or (metric in {text_list(METRIC_SHARES)} "
            f"and (value < 0 or value > {1 + ROUNDING}))"
        ),
        severity="refuse",
        meaning="A share of people is more than everybody, or a ratio has no denominator.",
    ),
    no_rows_where(
        TABLE,
        name="interval_holds_the_value",
        condition=(
            "(lower is null) <> (upper is null) or (value is null and lower is not null) "
            f"or lower > value + {_SLACK} or upper < value - {_SLACK}"
        ),
        severity="refuse",
        meaning="An estimate lies where it is said not to be.",
    ),
    no_rows_where(
        TABLE,
        name="trend_follows_the_change",
        condition=(
            "trend is distinct from case when change > 0.01 then 'up' "
            "when change < -0.01 then 'down' when change is not null then 'flat' end "
            "or (change is not null and (previous_value is null or value is null))"
        ),
        severity="refuse",
        meaning="A metric is said to grow and falls.",
    ),
    no_rows_where(
        TABLE,
        name="says_whether_it_is_complete",
        condition="is_complete is null",
        severity="refuse",
        meaning="Half a period is read as a whole one.",
    ),
)
