"""What is told of the customers of the small shop in `shop.py`, as SQL.

Two people: p1 came by an ad and spent 90, p2 by an email and spent 50. Either bought once. What
they wrote, how likely they are lost and what they are worth is made up.
"""

from expectations.marts.customers_dim_people import SCORE_COLUMNS, TIER_COLUMNS
from expectations.marts.names import JOURNEY_STAGES

_TIERS = {score: tier for tier, score in TIER_COLUMNS.items()}

PEOPLE = """
    create schema customers;
    create table customers.dim_people as
        select *, true as is_identified, 1 as orders, 1 as paid_orders, 1 as days_since_last_order,
            revenue as average_order_value, 'Active' as rfm_segment, 'NEW_SHOPPER' as behaviours,
            clv as clv_formula, 0.5e0 as expected_purchases
        from (values
            ('p1', 90e0, 80e0, 'high', 6e3, 'silver', 75e0, 'high', 0.5e0, 10e0, 'promoter'),
            ('p2', 50e0, 30e0, 'low', 400e0, 'bronze', 20e0, 'low', 0.1e0, null, null)
        ) as t(person_id, revenue, engagement_score, engagement_tier, clv, clv_tier, churn_risk,
            churn_tier, churn_probability, nps_score, nps_category);
"""

BUYERS = """
    create table customers.rfm as
        select person_id, rfm_segment as segment, 1 as recency_days, paid_orders as frequency,
            revenue as monetary, 5 as recency_score, 1 as frequency_score,
            case person_id when 'p1' then 5 else 3 end as monetary_score,
            case person_id when 'p1' then 3 else 2 end as value_score
        from customers.dim_people;
    create table customers.behaviours as
        select person_id, behaviours as behaviour, 1e0 as value, 30e0 as threshold, 1 as orders
        from customers.dim_people;
    create table customers.cohort_retention as
        select date '2026-01-01' as cohort_month, *, 0 as ordered_in_period, 0 as ordered_within,
            0 as ordered_on_or_after, 0 / nullif(eligible_buyers, 0) as retention_in_period,
            0 / nullif(eligible_buyers, 0) as retention_within,
            0 / nullif(eligible_buyers, 0) as retention_on_or_after,
            0 as repeat_buyers, 0e0 as repeat_purchase_rate,
            revenue / nullif(eligible_buyers, 0) as ltv, eligible_buyers = buyers as is_complete
        from (values
            ('email', 30, 1, 1, 50e0), ('email', 60, 1, 1, 50), ('paid_social', 30, 1, 1, 90),
            ('paid_social', 60, 1, 0, null), ('all', 30, 2, 2, 140), ('all', 60, 2, 1, 50)
        ) as t(acquisition_channel, period_days, buyers, eligible_buyers, revenue);
"""

_SCORES = " union all ".join(
    f"select person_id, '{score_type}' as score_type, {score} as score_value, "
    f"{_TIERS.get(score, 'clv_tier' if score_type == 'clv_formula' else 'churn_tier')} as tier, "
    f"100 * (person_id = 'p1')::double as percentile from customers.dim_people "
    f"where {score} is not null"
    for score, score_type in SCORE_COLUMNS.items()
)

SCORES = f"""
    create table customers.scores as {_SCORES};
    create table customers.leaderboards as
        select score_type as leaderboard, person_id, tier, score_value, percentile,
            case person_id when 'p1' then 1 else 2 end as place
        from customers.scores
        where score_type in ('clv', 'engagement');
    create table customers.at_risk as
        select person_id, churn_tier as tier, 'no purchase for 1 days' as reason, churn_risk,
            churn_probability, clv, 6e3 as value_if_kept, 3e3 as value_at_stake,
            1 as days_since_purchase,
            1 as days_since_activity
        from customers.dim_people
        where churn_tier = 'high';
    create schema health;
    create table health.model_performance as
        select 'churn_probability' as score_type, *
        from (values
            ('logistic', 'is_in_service', 0e0, 'The other one is better.'),
            ('closed_form', 'is_in_service', 1, null), ('closed_form', 'auc', 0.7, null)
        ) as t(model, metric, value, why_not);
"""

OPINIONS = """
    create table customers.nps as
        select period, segment, period_start, 1 as responses, 1 as promoters, 0 as passives,
            0 as detractors, 100e0 as nps, null::double as standard_error
        from (values
            ('day', date '2026-01-20'), ('month', date '2026-01-01'), ('all', null)
        ) as t(period, period_start)
        cross join (values ('Active'), ('all')) as s(segment);
    create table customers.sentiment as
        select *, null::varchar as topic, null::bigint as topic_index,
            date '2026-01-20' as written_date, date '2026-01-01' as written_month
        from (values
            ('feedback:1', 'p1', 'feedback', 'positive', 0.6e0),
            ('mention:1', null, 'mention', 'unscored', null)
        ) as t(text_id, person_id, source, label, score);
    create table customers.sentiment_topics as
        select date '2026-01-01' as written_month, null::varchar as topic, 0 as topic_index,
            2 as texts, 1 as scored_texts, 0.6e0 as mean_score, 1e0 as positive_share,
            0e0 as negative_share;
"""

# Somebody put p2 where a rule had put them before; the segment Gone held a visitor since unknown.
SEGMENTS = """
    create table customers.segment_members as
        select * replace (valid_from::date as valid_from, valid_to::date as valid_to)
        from (values
            ('Big', 'p1', 'rule', '2026-01-01', null),
            ('Big', 'p2', 'rule', '2026-01-01', '2026-01-10'),
            ('Big', 'p2', 'manual', '2026-01-10', null),
            ('Gone', 'visitor:v', 'rule', '2026-01-01', '2026-01-15')
        ) as t(segment, person_id, added_reason, valid_from, valid_to);
    create table customers.segments as
        select *, 'custom' as type, '{}' as rules, 0 as unknown_manual_members
        from (values
            ('Big', 2, 1, null), ('Gone', 0, 0, date '2026-01-15')
        ) as t(segment, members, manual_members, removed_on);
"""

_PLACES = ", ".join(f"('{stage}', {place})" for place, stage in enumerate(JOURNEY_STAGES, 1))

JOURNEYS = f"""
    create schema journeys;
    create table journeys.fct_journey_events as
        select *, date '2026-01-31' as occurred_date, timestamp '2026-01-31' as occurred_at
        from (values
            ('session:s1', 'p1', 's1', null, 'session', 'awareness', 1, null),
            ('session:s2', 'p2', 's2', null, 'session', 'awareness', 1, null),
            ('order:o1', 'p1', 's1', 'o1', 'purchase', 'conversion', 5, 90e0),
            ('order:o2', 'p2', null, 'o2', 'purchase', 'conversion', 5, 50),
            ('message:1', 'p2', null, null, 'campaign_delivered', null, null, null)
        ) as t(event_id, person_id, session_id, order_id, event_type, stage, stage_index, value);
    create table journeys.funnel as
        select channel, stage, stage_index, everybody * (stage_index <= 5)::int as persons,
            case when stage_index < 7 then everybody * (stage_index = 5)::int end
                as drop_off_persons,
            case when stage_index <= 5 then (stage_index = 5)::int::double end as drop_off_rate,
            1e0 as awareness_to_conversion_rate
        from (values ('paid_social', 1), ('email', 1), ('all', 2)) as c(channel, everybody)
        cross join (values {_PLACES}) as t(stage, stage_index);
    create table journeys.paths as
        select *, persons as converters, 1e0 as conversion_rate, persons / 2 as share_of_persons
        from (values
            ('stage', 'awareness > conversion', 1, 2),
            ('channel', 'email', 1, 1), ('channel', 'paid_social', 2, 1)
        ) as t(path_type, path, path_rank, persons);
    create table journeys.dropoff as
        select 'conversion' as stage, 'purchase' as last_event_type, 5 as stage_index,
            2 as persons, 0 as stalled_persons, 1e0 as share_of_stage,
            1e0 as median_days_since_last_event;
"""

CUSTOMER_SHOP = BUYERS + SCORES + OPINIONS + SEGMENTS + JOURNEYS
