"""Ordinary rows of the tables of campaigns and of conversion days, and what breaks each check."""

ORDINARY = {
    "campaigns.campaign_days": """
        select date '2026-03-20' as date, 'c1' as campaign_id, 1000 as impressions, 800 as reach,
            500 as reach_at_least, 20 as clicks, 50e0 as spend, 60e0 as budget, 10 as sessions,
            8 as unique_visitors, 4 as cart_sessions, 2 as purchase_sessions,
            5 as converting_sessions, 3e0 as conversions, 2e0 as purchases, 200e0 as revenue,
            0.5e0 as new_customers, 300e0 as meta_purchase_value, 0.02e0 as ctr, 2.5e0 as cpc,
            50e0 as cpm, 4e0 as roas, 100e0 as cac, 0.5e0 as conversion_rate, 6e0 as platform_roas
    """,
    "campaigns.leaderboard": """
        select 7 as window_days, date '2026-03-14' as period_start, date '2026-03-20' as period_end,
            'c1' as campaign_id, 50e0 as spend, 1000 as impressions, 20 as clicks, 10 as sessions,
            0.02e0 as ctr, 2.5e0 as cpc, 3e0 as conversions, 200e0 as revenue, 4e0 as roas,
            100e0 as cac, 0.5e0 as new_customers, 100e0 as budget, 0.5e0 as budget_used,
            40e0 as previous_spend, 80e0 as previous_revenue, 2e0 as previous_roas,
            'up' as roas_trend, 1 as rank, 3 as days_below_target, true as is_alert,
            'ROAS below 5.00' as alert
    """,
    "campaigns.creatives": """
        select 'k1' as creative_id, 2 as ads, 1 as campaigns, 50e0 as spend, 1000 as impressions,
            20 as clicks, 0.02e0 as ctr, 2.5e0 as cpc, 10 as sessions, 5 as converting_sessions,
            3e0 as conversions, 2e0 as purchases, 0.5e0 as conversion_rate, 200e0 as revenue,
            4e0 as roas, 0.9e0 as ad_known_share, 300e0 as meta_purchase_value,
            6e0 as platform_roas, 1 as rank
    """,
    "campaigns.funnel": """
        select 'all' as window_name, 'c1' as campaign_id, 'cart' as step, 4 as step_index,
            20 as count, 0.75e0 as drop_off, 0.02e0 as rate_of_first
    """,
    "campaigns.engagement_heatmap": """
        select 'all' as campaign_id, 'Loyal' as segment, 3 as weekday, 9 as hour,
            8 as engagements, 4 as persons, 0.1e0 as rate, 0.2e0 as share_of_engagements
    """,
    "campaigns.frequency": """
        select 'm1' as campaign_id, 'messages' as source, '4+' as messages_seen, 4 as persons,
            1 as converted_persons, 0.25e0 as conversion_rate, 3e0 as average_frequency
    """,
    "campaigns.leads": """
        select 'c1' as campaign_id, 'meta' as source, 'qualified' as stage, 3 as stage_index,
            1 as leads, 2 as reached, 0.5e0 as rate, 1 as buyers, 30e0 as value,
            null::varchar as why_not
    """,
    "campaigns.social_posts": """
        select 'p1' as post_id, 800 as impressions, 500 as reach, 40 as likes, 3 as comments,
            2 as shares, 5 as clicks, 0.1e0 as engagement_rate, 2 as sessions, 1 as conversions,
            3 as mentions, 2 as scored_mentions, 0.2e0 as mention_sentiment,
            'New lamps' as text_excerpt
    """,
    "campaigns.returns": """
        select 'm1' as campaign_id, 4 as treated_persons, 2 as holdout_persons,
            1 as persons_in_both, 3 as treated_conversions, 1 as holdout_conversions,
            0.75e0 as treated_rate, 0.5e0 as holdout_rate, 25e0 as lift_points,
            1e0 as incremental_conversions, 100e0 as treated_revenue, 20e0 as holdout_revenue,
            60e0 as incremental_revenue, 12e0 as cost, 0.9e0 as margin_known_share,
            48e0 as net_incremental_revenue, 4e0 as roi
    """,
    "conversions.conversion_days": """
        select date '2026-03-20' as date, 'purchase' as conversion_type, 'email' as channel,
            3 as conversions, 80e0 as value, 40e0 as average_value, 4 as sessions,
            1 as converting_sessions, 0.25e0 as conversion_rate
    """,
}

_RATIOS = "ratios_are_of_their_sums"
_AMOUNTS = "amounts_are_not_negative"

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "campaigns.campaign_days": [
        ("key_is_never_null", "date = null"),
        ("spend_is_known", "spend = null, roas = null, cpc = null, cpm = null, cac = null, "
         "platform_roas = null"),
        (_AMOUNTS, "budget = -1"),
        (_AMOUNTS, "purchases = 'nan'"),
        (_RATIOS, "roas = 4.1"),
        (_RATIOS, "cac = null"),
        (_RATIOS, "impressions = 0, ctr = null"),
        (_RATIOS, "spend = 0, cpc = 0, cpm = null, roas = null, cac = null, platform_roas = null"),
        ("reach_is_at_most_the_sum_of_ads", "reach_at_least = 801"),
        ("reach_is_at_most_the_sum_of_ads", "reach_at_least = null"),
        ("later_steps_are_some_of_the_sessions", "purchase_sessions = 5"),
        ("later_steps_are_some_of_the_sessions", "cart_sessions = 11"),
        ("later_steps_are_some_of_the_sessions", "unique_visitors = 11"),
        ("spend_without_a_campaign_has_no_results", "campaign_id = null"),
    ],
    "campaigns.leaderboard": [
        ("key_is_never_null", "rank = null"),
        ("period_is_as_long_as_it_says", "period_start = period_start - 1"),
        ("period_is_as_long_as_it_says", "window_days = 8, period_start = period_start - 1"),
        (_AMOUNTS, "sessions = -1"),
        (_RATIOS, "budget_used = 0.6"),
        (_RATIOS, "previous_spend = 0"),
        ("trend_is_that_of_roas", "roas_trend = 'down'"),
        ("trend_is_that_of_roas", "roas_trend = null"),
        ("trend_is_that_of_roas", "roas_trend = 'rising'"),
        ("alert_goes_with_days_below_target", "alert = null"),
        ("alert_goes_with_days_below_target", "days_below_target = 0"),
        ("alert_goes_with_days_below_target", "is_alert = false"),
    ],
    "campaigns.creatives": [
        (_AMOUNTS, "clicks = -1, ctr = -0.001, cpc = -50"),
        (_RATIOS, "conversion_rate = 0.4"),
        ("is_shown_by_an_ad", "ads = 0, campaigns = 0"),
        ("is_shown_by_an_ad", "campaigns = 3"),
        ("ad_known_share_is_a_share", "ad_known_share = 1.1"),
        ("only_creatives_are_ranked", "creative_id = null"),
        ("only_creatives_are_ranked", "rank = 0"),
    ],
    "campaigns.funnel": [
        ("key_is_never_null", "campaign_id = null"),
        ("window_is_known", "window_name = '7'"),
        ("step_has_its_place", "step_index = 3"),
        ("step_has_its_place", "step = 'checkout'"),
        ("count_is_not_negative", "count = -1"),
        ("drop_off_is_a_share", "drop_off = -0.1"),
        ("drop_off_is_a_share", "step = 'impression', step_index = 1"),
        ("rate_is_of_a_count", "count = null, drop_off = null"),
    ],
    "campaigns.engagement_heatmap": [
        ("key_is_never_null", "hour = null"),
        ("segment_is_known", "segment = 'Whales'"),
        ("hour_is_one_of_the_week", "weekday = 0"),
        ("hour_is_one_of_the_week", "hour = 24"),
        ("people_are_engaged", "persons = 9"),
        ("people_are_engaged", "persons = 0"),
        ("rates_are_shares", "rate = null"),
        ("rates_are_shares", "share_of_engagements = 1.1"),
    ],
    "campaigns.frequency": [
        ("key_is_never_null", "campaign_id = null"),
        ("source_and_number_are_known", "messages_seen = '5'"),
        ("source_and_number_are_known", "messages_seen = 'reported'"),
        ("converted_persons_are_some_of_them", "converted_persons = 5, conversion_rate = 1.25"),
        ("converted_persons_are_some_of_them", "conversion_rate = 0.5"),
        ("converted_persons_are_some_of_them", "conversion_rate = null"),
        ("average_is_at_least_once", "average_frequency = 0.5"),
    ],
    "campaigns.leads": [
        ("key_is_never_null", "source = null"),
        ("source_is_known", "source = 'fair'"),
        ("stage_has_its_place", "stage_index = 2"),
        ("says_why_a_stage_is_unknown", "why_not = 'unknown'"),
        ("says_why_a_stage_is_unknown", "value = null"),
        ("leads_are_some_of_those_who_reached_it", "leads = 3"),
        ("leads_are_some_of_those_who_reached_it", "rate = 1.1"),
    ],
    "campaigns.social_posts": [
        ("key_is_never_null", "post_id = null"),
        (_AMOUNTS, "shares = -1"),
        ("text_is_an_excerpt", "text_excerpt = repeat('x', 141)"),
        ("sentiment_is_that_of_mentions", "scored_mentions = 4"),
        ("sentiment_is_that_of_mentions", "mention_sentiment = null"),
        ("conversions_need_sessions", "sessions = null"),
    ],
    "campaigns.returns": [
        ("key_is_never_null", "campaign_id = null"),
        (_AMOUNTS, "persons_in_both = -1"),
        ("conversions_are_of_the_persons", "persons_in_both = null"),
        (_RATIOS, "roi = 5"),
        ("lift_is_the_difference_of_the_rates", "lift_points = 0.25"),
        ("increments_scale_the_holdout", "incremental_conversions = 2"),
        ("increments_scale_the_holdout", "holdout_revenue = 10"),
        ("increments_scale_the_holdout", "incremental_revenue = null"),
        ("margin_known_share_is_a_share", "margin_known_share = 1.1"),
    ],
    "conversions.conversion_days": [
        ("key_is_never_null", "date = null"),
        ("channel_is_known", "channel = 'facebook'"),
        ("conversion_type_is_known", "conversion_type = 'sale'"),
        ("counts_are_known", "converting_sessions = 5, conversion_rate = 1.25"),
        ("counts_are_known", "value = null"),
        (_RATIOS, "conversion_rate = null"),
        ("average_needs_a_conversion", "conversions = 0"),
    ],
}
