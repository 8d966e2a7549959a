"""Ordinary rows of the tables of metrics, and what breaks each check of them."""

ORDINARY = {
    "metrics.dictionary": """
        select 'ctr' as metric, 'Click-through rate' as name, '%' as unit, 100 as display_factor,
            'Clicks / impressions' as formula, 'performance' as owner, 'daily' as cadence,
            '1d, 30d' as windows, 'all, campaign' as dimensions, 'no impressions' as no_value_means,
            0.015e0 as healthy_low, 0.05e0 as healthy_high
    """,
    "metrics.metric_values": """
        select 'open_rate' as metric, 'all' as dimension, 'all' as dimension_value,
            '30d' as period, date '2026-03-01' as period_start, date '2026-03-30' as period_end,
            0.25e0 as value, 5e0 as numerator, 20e0 as denominator, 0.1e0 as lower,
            0.4e0 as upper, 0.2e0 as previous_value, 0.25e0 as change, 'up' as trend,
            true as is_complete, null::varchar as why_null, date '2026-03-31' as as_of
    """,
    "health.query_costs": """
        select 'overview' as query, 0.02e0 as seconds, null::varchar as why_not
    """,
}

_NO_VALUE = "value = null, lower = null, upper = null, change = null, trend = null"

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "metrics.dictionary": [
        ("key_is_never_null", "metric = null"),
        ("metric_is_known", "metric = 'clicks'"),
        ("unit_is_known", "unit = 'percent'"),
        ("unit_is_known", "display_factor = 1"),
        ("is_told_in_words", "owner = ''"),
        ("is_told_in_words", "formula = null"),
        ("healthy_range_is_in_order", "healthy_low = 1.5"),
    ],
    "metrics.metric_values": [
        ("key_is_never_null", "period_start = null"),
        ("names_are_known", "metric = 'opens'"),
        ("names_are_known", "dimension = 'country', dimension_value = 'DE'"),
        ("names_are_known", "dimension = 'campaign'"),
        ("period_is_as_long_as_it_says", "period_start = period_start - 1"),
        ("period_is_as_long_as_it_says", "period = '90d'"),
        ("period_is_as_long_as_it_says", "period = 'ytd'"),
        ("period_is_as_long_as_it_says", "as_of = period_end - 1"),
        ("value_is_numerator_by_denominator", "numerator = 5.001"),
        ("value_is_numerator_by_denominator", "denominator = null"),
        ("says_why_there_is_no_value", _NO_VALUE),
        ("says_why_there_is_no_value", "why_null = 'no messages were sent'"),
        ("value_is_a_number", "value = 1.5, numerator = 30, lower = null, upper = null"),
        ("value_is_a_number", "value = 'nan', numerator = null, lower = null, upper = null"),
        ("interval_holds_the_value", "upper = 0.24"),
        ("interval_holds_the_value", "lower = null"),
        ("trend_follows_the_change", "trend = 'down'"),
        ("trend_follows_the_change", "previous_value = null"),
        ("says_whether_it_is_complete", "is_complete = null"),
    ],
    "health.query_costs": [
        ("key_is_never_null", "query = null"),
        ("seconds_or_the_reason", "seconds = -0.1"),
        ("seconds_or_the_reason", "seconds = null"),
        ("queries_run", "seconds = null, why_not = 'no such table'"),
    ],
}
