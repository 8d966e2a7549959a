"""An ordinary row of each table that attribution publishes, and what breaks each check of it."""

# What channel days, campaign days and the comparison of models have in common: a visit that
# bought for 20, and 5 spent.
_FIGURES = """
    'linear' as attribution_model, 4 as visits, 1.0e0 as conversions, 1.0e0 as purchases,
    1.0e0 as paid_conversions, 1.0e0 as new_customers, 20.0e0 as revenue, 5.0e0 as cost,
    4.0e0 as roas, 3.0e0 as roi, 0.25e0 as conversion_rate, 20.0e0 as average_order_value,
    5.0e0 as cost_per_conversion, 5.0e0 as new_customer_cac
"""

_BREAKS_OF_FIGURES = [
    ("attribution_model_is_known", "attribution_model = 'last_click'"),
    ("visits_is_not_negative", "visits = -1"),
    ("cost_is_not_negative", "cost = -0.01"),
    ("cost_is_not_negative", "cost = null"),
    ("conversions_are_not_negative", "conversions = -0.1"),
    ("conversions_are_not_negative", "new_customers = -0.1"),
    ("ratios_have_a_denominator", "cost = 0, roas = null"),
    ("ratios_have_a_denominator", "cost = 0, roi = null, roas = 'infinity'"),
    ("ratios_have_a_denominator", "visits = 0, conversion_rate = 0"),
    ("ratios_have_a_denominator", "paid_conversions = 0"),
    ("ratios_have_a_denominator", "conversions = 0"),
    ("ratios_have_a_denominator", "new_customers = 0"),
]

ORDINARY = {
    "attribution.fct_touchpoints": """
        select 's' as touchpoint_id, 'p' as person_id, timestamp '2026-01-01' as touched_at,
            'paid_social' as channel, 'c' as campaign_id, true as is_resolved,
            'exact_utm_match' as resolution_method, 1.0e0 as resolution_confidence, 3 as pageviews
    """,
    "attribution.fct_credits": """
        select 'purchase:1' as conversion_id, 's' as touchpoint_id, 'c' as campaign_id,
            'linear' as attribution_model, 'paid_social' as channel, 'middle' as touch_position,
            2 as touch_index, 3 as touch_count, 0.5e0 as credit,
            date '2026-01-01' as converted_date, timestamp '2026-01-01' as converted_at
    """,
    "attribution.channel_days": f"""
        select date '2026-01-01' as date, 'paid_social' as channel, {_FIGURES}
    """,
    "attribution.campaign_days": f"""
        select date '2026-01-01' as date, 'c' as campaign_id, {_FIGURES}
    """,
    "attribution.paths": """
        select 'purchase' as goal, 'email > direct' as path, 1 as conversions,
            3 as non_conversions, 2.5e0 as median_days_to_convert
    """,
    "attribution.model_comparison": f"""
        select 'paid_social' as channel, 0.4e0 as share, 0.1e0 as spread, {_FIGURES}
    """,
    "attribution.resolution_stats": """
        select 'unresolved' as resolution_method, 'ambiguous' as unresolved_reason,
            0.25e0 as share_of_touches, 0.5e0 as share_of_tagged_touches,
            null::double as average_confidence
    """,
    "campaigns.dim_campaigns": """
        select 'c' as campaign_id, 'paid_social' as channel, 5.0e0 as spend,
            date '2026-01-01' as first_spend_date, date '2026-01-02' as last_spend_date
    """,
}

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "attribution.fct_touchpoints": [
        ("key_is_never_null", "touchpoint_id = null"),
        ("person_is_known", "person_id = null"),
        ("time_is_known", "touched_at = null"),
        ("channel_is_known", "channel = 'unattributed'"),
        ("resolution_method_is_known", "resolution_method = 'guess'"),
        (
            "resolution_confidence_is_a_share",
            "resolution_method = 'fuzzy_name_match', resolution_confidence = 1.01",
        ),
        ("sure_methods_are_sure", "resolution_confidence = null"),
        ("is_resolved_if_it_has_a_campaign", "campaign_id = null"),
        (
            "is_resolved_if_a_method_resolved_it",
            "resolution_method = 'unresolved', resolution_confidence = null",
        ),
        ("pageviews_is_not_negative", "pageviews = -1"),
    ],
    "attribution.fct_credits": [
        ("key_is_never_null", "conversion_id = null"),
        ("key_is_never_null", "attribution_model = null"),
        ("attribution_model_is_known", "attribution_model = 'last_click'"),
        ("channel_is_known", "channel = 'facebook'"),
        ("time_is_known", "converted_date = null"),
        ("credit_is_a_share", "credit = 1.00000001"),
        ("credit_is_a_share", "credit = -0.00000001"),
        ("credit_is_a_share", "credit = null"),
        ("is_unattributed_if_it_has_no_touch", "channel = 'unattributed'"),
        ("is_unattributed_if_it_has_no_touch", "touchpoint_id = null, touch_position = null"),
        ("touch_position_is_known_if_it_has_a_touch", "touch_position = null"),
        ("touch_position_is_known_if_it_has_a_touch", "touch_position = 'assist'"),
        (
            "touch_position_is_known_if_it_has_a_touch",
            "touchpoint_id = null, channel = 'unattributed'",
        ),
        ("touch_index_is_within_the_path", "touch_index = 4"),
        ("touch_index_is_within_the_path", "touch_index = 0"),
        ("touch_index_is_within_the_path", "touch_index = null"),
    ],
    "attribution.channel_days": [
        ("key_is_never_null", "date = null"),
        ("channel_is_known", "channel = 'facebook'"),
        *_BREAKS_OF_FIGURES,
    ],
    "attribution.campaign_days": [
        ("key_is_never_null", "date = null"),
        *_BREAKS_OF_FIGURES,
    ],
    "attribution.paths": [
        ("key_is_never_null", "path = null"),
        ("counts_are_not_negative", "non_conversions = -1"),
        ("counts_are_not_negative", "conversions = null"),
        (
            "somebody_walked_it",
            "conversions = 0, non_conversions = 0, median_days_to_convert = null",
        ),
        ("days_to_convert_go_with_conversions", "conversions = 0"),
        ("days_to_convert_go_with_conversions", "median_days_to_convert = null"),
        ("days_to_convert_is_not_negative", "median_days_to_convert = -0.5"),
    ],
    "attribution.model_comparison": [
        ("key_is_never_null", "attribution_model = null"),
        ("channel_is_known", "channel = 'facebook'"),
        *_BREAKS_OF_FIGURES,
        ("share_is_a_share", "share = 1.01"),
        ("share_is_a_share", "share = -0.01"),
        ("spread_is_not_negative", "spread = -0.01"),
    ],
    "attribution.resolution_stats": [
        ("key_is_never_null", "resolution_method = null, unresolved_reason = null"),
        (
            "resolution_method_is_known",
            "resolution_method = 'guess', unresolved_reason = null",
        ),
        ("reason_is_known_if_it_is_unresolved", "unresolved_reason = null"),
        ("reason_is_known_if_it_is_unresolved", "unresolved_reason = 'unlucky'"),
        ("reason_is_known_if_it_is_unresolved", "resolution_method = 'manual'"),
        ("shares_are_shares", "share_of_touches = 1.01"),
        ("shares_are_shares", "share_of_tagged_touches = -0.01"),
        ("average_confidence_is_a_share", "average_confidence = 1.01"),
    ],
    "campaigns.dim_campaigns": [
        ("key_is_never_null", "campaign_id = null"),
        ("channel_is_known", "channel = 'paid search'"),
        ("spend_is_not_negative", "spend = -0.01"),
        ("spend_is_not_negative", "spend = null"),
        ("spend_has_its_days", "first_spend_date = null"),
        ("spend_has_its_days", "last_spend_date = '2025-12-31'"),
    ],
}
