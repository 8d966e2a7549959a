"""An ordinary row of each table about customers and scores, and what breaks each check of it."""

ORDINARY = {
    "customers.rfm": """
        select 'p' as person_id, 'Active' as segment, 3 as recency_days, 2 as frequency,
            10.0e0 as monetary, 5 as recency_score, 2 as frequency_score, 3 as monetary_score,
            3 as value_score
    """,
    "customers.behaviours": """
        select 'p' as person_id, 'HIGH_SPENDER' as behaviour, 50.0e0 as value,
            50.0e0 as threshold, 2 as orders
    """,
    "customers.cohort_retention": """
        select date '2026-01-01' as cohort_month, 'email' as acquisition_channel,
            60 as period_days, 4 as buyers, 2 as eligible_buyers, 1 as ordered_in_period,
            1 as ordered_within, 1 as ordered_on_or_after, 0.5e0 as retention_in_period,
            0.5e0 as retention_within, 0.5e0 as retention_on_or_after, 1 as repeat_buyers,
            0.25e0 as repeat_purchase_rate, 90.0e0 as revenue, 45.0e0 as ltv,
            false as is_complete
    """,
    "customers.scores": """
        select 'p' as person_id, 'clv' as score_type, 'gold' as tier, 25e3 as score_value,
            99.0e0 as percentile
    """,
    "customers.at_risk": """
        select 'p' as person_id, 'high' as tier, 'no purchase for 90 days' as reason,
            80.0e0 as churn_risk, 0.5e0 as churn_probability, 100.0e0 as clv,
            100.0e0 as value_if_kept, 50.0e0 as value_at_stake,
            90 as days_since_purchase, 5 as days_since_activity
    """,
    "customers.leaderboards": "select 'clv' as leaderboard, 'p' as person_id, 1 as place",
    "customers.nps": """
        select 'month' as period, 'Loyal' as segment, 4 as responses, 2 as promoters,
            1 as passives, 1 as detractors, 25.0e0 as nps, 41.5e0 as standard_error,
            date '2026-01-01' as period_start
    """,
    "customers.sentiment": """
        select 'form:1' as text_id, 'form' as source, 'neutral' as label, 'lamp' as topic,
            1 as topic_index, 0.0e0 as score, date '2026-01-31' as written_date,
            date '2026-01-01' as written_month
    """,
    "customers.sentiment_topics": """
        select date '2026-01-01' as written_month, 'lamp' as topic, 1 as topic_index, 5 as texts,
            4 as scored_texts, 0.1e0 as mean_score, 0.5e0 as positive_share,
            0.25e0 as negative_share
    """,
    "customers.segments": """
        select 'Big spenders' as segment, 'value_based' as type, '{}' as rules, 3 as members,
            1 as manual_members, 0 as unknown_manual_members, null::date as removed_on
    """,
    "customers.segment_members": """
        select 'Big spenders' as segment, 'p' as person_id, 'rule' as added_reason,
            date '2026-01-01' as valid_from, date '2026-01-02' as valid_to
    """,
    "health.model_performance": """
        select 'churn_probability' as score_type, 'logistic' as model, 'auc' as metric,
            null::varchar as why_not, 0.75e0 as value
    """,
}

_NOBODY_CAME_BACK = (
    "ordered_in_period = 0, ordered_within = 0, ordered_on_or_after = 0, retention_in_period = 0, "
    "retention_within = 0, retention_on_or_after = 0"
)

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "customers.rfm": [
        ("key_is_never_null", "person_id = null"),
        ("segment_is_known", "segment = 'Prospects'"),
        ("is_of_buyers", "frequency = 0"),
        ("recency_is_not_negative", "recency_days = -1"),
        ("scores_are_1_to_5", "recency_score = 0"),
        ("scores_are_1_to_5", "recency_score = null"),
        ("scores_are_1_to_5", "monetary_score = 6, value_score = 4"),
        ("value_score_is_the_mean_of_frequency_and_monetary", "value_score = 2"),
        ("value_score_is_the_mean_of_frequency_and_monetary", "value_score = null"),
        ("is_scored_if_its_value_is_known", "segment = null"),
        ("is_scored_if_its_value_is_known", "monetary = null"),
        ("is_scored_if_its_value_is_known", "monetary_score = null, value_score = null"),
    ],
    "customers.behaviours": [
        ("key_is_never_null", "person_id = null"),
        ("behaviour_is_known", "behaviour = 'BIG_SPENDER'"),
        ("value_meets_the_threshold", "value = 49.9"),
        ("value_meets_the_threshold", "value = null"),
        ("value_meets_the_threshold", "behaviour = 'INACTIVE'"),
        ("value_meets_the_threshold", "behaviour = 'NEW_SHOPPER'"),
        ("value_meets_the_threshold", "behaviour = 'LOCATION_CLUSTERED', value = 51"),
        ("rests_on_orders", "orders = 0"),
    ],
    "customers.cohort_retention": [
        ("key_is_never_null", "cohort_month = null"),
        ("channel_is_known", "acquisition_channel = 'facebook'"),
        (
            "eligible_are_some_of_the_buyers",
            "buyers = 0, repeat_buyers = 0, repeat_purchase_rate = null, eligible_buyers = 0, "
            "ordered_in_period = 0, ordered_within = 0, ordered_on_or_after = 0, "
            "retention_in_period = null, retention_within = null, retention_on_or_after = null, "
            "revenue = null, ltv = null, is_complete = true",
        ),
        (
            "eligible_are_some_of_the_buyers",
            f"eligible_buyers = 5, ltv = 18, {_NOBODY_CAME_BACK}",
        ),
        ("who_came_back_is_eligible", "ordered_in_period = 2, retention_in_period = 1"),
        ("who_came_back_is_eligible", "ordered_within = 3, retention_within = 1.5"),
        ("who_came_back_is_eligible", "ordered_on_or_after = 3, retention_on_or_after = 1.5"),
        ("who_came_back_is_eligible", "repeat_buyers = 5, repeat_purchase_rate = 1.25"),
        ("rates_are_of_those_who_could", "retention_within = 0.25"),
        ("rates_are_of_those_who_could", "retention_on_or_after = null"),
        ("rates_are_of_those_who_could", "repeat_purchase_rate = 0.5"),
        (
            "rates_are_of_those_who_could",
            f"eligible_buyers = 0, revenue = null, ltv = null, {_NOBODY_CAME_BACK}",
        ),
        ("ltv_is_revenue_by_eligible_buyers", "ltv = 22.5"),
        ("ltv_is_revenue_by_eligible_buyers", "revenue = null"),
        ("is_complete_if_all_are_eligible", "is_complete = true"),
    ],
    "customers.scores": [
        ("key_is_never_null", "person_id = null"),
        ("score_type_is_known", "score_type = 'loyalty'"),
        ("tier_is_one_of_its_type", "tier = 'high'"),
        ("tier_is_one_of_its_type", "tier = null"),
        ("score_is_in_its_range", "score_value = -1"),
        ("score_is_in_its_range", "score_value = null"),
        ("score_is_in_its_range", "score_value = 'infinity'"),
        ("score_is_in_its_range", "score_value = 'nan'"),
        (
            "score_is_in_its_range",
            "score_type = 'churn_probability', tier = 'low', score_value = 1.1",
        ),
        ("score_is_in_its_range", "score_type = 'churn_risk', tier = 'low', score_value = 101"),
        ("score_is_in_its_range", "score_type = 'engagement', tier = 'low', score_value = 'nan'"),
        ("score_is_in_its_range", "score_type = 'nps', tier = 'detractor', score_value = -2.5"),
        ("percentile_is_0_to_100", "percentile = 100.1"),
    ],
    "customers.at_risk": [
        ("key_is_never_null", "person_id = null"),
        ("tier_is_high_or_medium", "tier = 'low'"),
        ("scores_are_in_their_range", "churn_risk = 101"),
        ("scores_are_in_their_range", "churn_probability = -0.5, value_at_stake = -50"),
        ("value_at_stake_is_value_by_risk", "value_at_stake = 80"),
        ("value_at_stake_is_value_by_risk", "churn_probability = null"),
        ("value_at_stake_is_value_by_risk", "value_if_kept = null"),
        ("value_at_stake_is_value_by_risk", "value_at_stake = null"),
        ("reason_is_given", "reason = null"),
        ("days_are_not_negative", "days_since_activity = -1"),
    ],
    "customers.leaderboards": [
        ("key_is_never_null", "place = null"),
        ("leaderboard_is_known", "leaderboard = 'nps'"),
        ("person_is_known", "person_id = null"),
    ],
    "customers.nps": [
        ("key_is_never_null", "segment = null"),
        ("period_is_known", "period = 'week'"),
        ("period_is_known", "period_start = null"),
        ("period_is_known", "period = 'all'"),
        ("segment_is_known", "segment = 'Newcomers'"),
        ("every_answer_is_of_one_kind", "passives = 2"),
        ("every_answer_is_of_one_kind", "promoters = 3, passives = -1, detractors = 2"),
        ("nps_is_promoters_less_detractors", "nps = 50"),
        ("nps_is_promoters_less_detractors", "nps = null"),
        ("standard_error_needs_two_answers", "standard_error = null"),
        ("standard_error_needs_two_answers", "standard_error = -1"),
        (
            "standard_error_needs_two_answers",
            "responses = 1, promoters = 1, passives = 0, detractors = 0, nps = 100",
        ),
    ],
    "customers.sentiment": [
        ("key_is_never_null", "text_id = null"),
        ("source_is_known", "source = 'letter'"),
        ("label_is_known", "label = 'angry'"),
        ("score_is_in_its_range", "score = 1.01"),
        ("score_is_in_its_range", "score = 'nan'"),
        ("is_unscored_if_it_has_no_score", "score = null"),
        ("is_unscored_if_it_has_no_score", "label = 'unscored'"),
        ("topic_goes_with_its_number", "topic = null"),
        ("topic_goes_with_its_number", "topic_index = 0"),
        ("month_is_that_of_its_day", "written_date = '2026-02-01'"),
    ],
    "customers.sentiment_topics": [
        ("key_is_never_null", "written_month = null"),
        ("topic_has_a_number_above_0", "topic_index = 0"),
        ("topic_has_a_number_above_0", "topic = null"),
        ("scored_are_some_of_the_texts", "scored_texts = 6"),
        ("mean_score_is_of_scored_texts", "mean_score = -1.01"),
        ("mean_score_is_of_scored_texts", "mean_score = null"),
        ("shares_are_of_scored_texts", "positive_share = 0.8"),
        ("shares_are_of_scored_texts", "negative_share = null"),
    ],
    "customers.segments": [
        ("key_is_never_null", "segment = null"),
        ("type_is_known", "type = 'whatever'"),
        ("named_by_hand_are_some_of_the_members", "manual_members = 4"),
        ("named_by_hand_are_some_of_the_members", "members = null"),
        ("without_rules_all_are_named_by_hand", "rules = null"),
        ("is_empty_once_it_is_removed", "removed_on = '2026-01-01'"),
    ],
    "customers.segment_members": [
        ("key_is_never_null", "valid_from = null"),
        ("added_reason_is_known", "added_reason = 'hand'"),
        ("leaves_after_entering", "valid_to = valid_from"),
    ],
    "health.model_performance": [
        ("key_is_never_null", "metric = null"),
        ("value_is_in_its_range", "value = 1.01"),
        ("value_is_in_its_range", "metric = 'q', value = -1"),
        ("value_is_in_its_range", "metric = 'log_loss', value = 'infinity'"),
        ("says_why_there_is_no_value", "value = null"),
    ],
}
