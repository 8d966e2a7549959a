-- How much each person does, and how much of it lately. Points are decimals, so that their sum does
-- not depend on the order of the rows.
with

settings as (

    select
        *,
        engagement_fading_days - engagement_recent_days as fading_span_days
    from {{ ref('stg_workspace__customer_settings') }}

),

actions as (

    select
        person_id,
        'purchase' as action,
        1 as times,
        ordered_at as acted_at
    from {{ ref('fct_orders') }}
    where is_counted

    union all

    select
        person_id,
        'feedback' as action,
        1 as times,
        created_at as acted_at
    from {{ ref('int_feedback_identified') }}

    union all

    select
        person_id,
        'social' as action,
        1 as times,
        created_at as acted_at
    from {{ ref('int_mentions_identified') }}
    where person_id is not null

    union all

    select
        person_id,
        'form' as action,
        1 as times,
        submitted_at as acted_at
    from {{ ref('int_forms_identified') }}

    union all

    select
        person_id,
        'pageview' as action,
        coalesce(pageviews, 0) as times,
        started_at as acted_at
    from {{ ref('int_touchpoints') }}

    union all

    -- Reading a message is a sign of life that earns no points.
    select
        person_id,
        'message' as action,
        1 as times,
        occurred_at as acted_at
    from {{ ref('int_messages_identified') }}
    where event_type in ('campaign_viewed', 'campaign_clicked')

),

dated as (

    select
        person_id,
        action,
        times,
        {{ local_date('acted_at') }} as acted_date
    from actions

),

weighted as (

    select
        dated.person_id,
        dated.action,
        dated.acted_date,
        {{ days_between('dated.acted_date', setting('as_of')) }} as days_ago,
        cast(
            dated.times * case dated.action
                when 'purchase' then settings.engagement_purchase
                when 'feedback' then settings.engagement_feedback
                when 'social' then settings.engagement_social
                when 'form' then settings.engagement_form
                when 'pageview' then settings.engagement_pageview
                else 0
            end as decimal(18, 6)
        ) as weight
    from dated
    cross join settings

),

points as (

    select
        weighted.person_id,
        weighted.action,
        weighted.acted_date,
        weighted.weight,
        weighted.days_ago < settings.engagement_recent_days as is_recent,
        weighted.days_ago >= settings.engagement_recent_days
        and weighted.days_ago < settings.engagement_fading_days as is_fading,
        cast(
            weighted.weight * case
                when weighted.days_ago < settings.engagement_recent_days then 1
                when weighted.days_ago < settings.engagement_fading_days
                    then settings.engagement_fading_factor
                else settings.engagement_old_factor
            end as decimal(18, 6)
        ) as points
    from weighted
    cross join settings

),

summed as (

    select
        person_id,
        coalesce(sum(points) filter (where action = 'purchase'), 0) as purchase_points,
        coalesce(sum(points) filter (where action = 'feedback'), 0) as feedback_points,
        coalesce(sum(points) filter (where action = 'social'), 0) as social_points,
        coalesce(sum(points) filter (where action = 'form'), 0) as form_points,
        coalesce(sum(points) filter (where action = 'pageview'), 0) as pageview_points,
        sum(points) as raw_points,
        coalesce(sum(weight) filter (where is_recent), 0) as recent_weight,
        coalesce(sum(weight) filter (where is_fading), 0) as fading_weight,
        count(*) filter (where action = 'purchase') as purchases,
        max(acted_date) filter (where action = 'purchase') as last_purchase_date,
        max(acted_date) as last_activity_date
    from points
    group by 1

),

final as (

    select
        people.person_id,
        coalesce(summed.purchase_points, 0) as purchase_points,
        coalesce(summed.feedback_points, 0) as feedback_points,
        coalesce(summed.social_points, 0) as social_points,
        coalesce(summed.form_points, 0) as form_points,
        coalesce(summed.pageview_points, 0) as pageview_points,
        coalesce(summed.raw_points, 0) as raw_points,
        100 * (
            1 - exp(
                -cast(coalesce(summed.raw_points, 0) as double) / settings.engagement_saturation
            )
        ) as engagement_score,
        -- How far the daily pace of late has fallen behind the one before; 0 where it has not, and
        -- where there was none.
        greatest(coalesce(1 - {{ safe_divide(
            'summed.recent_weight * settings.fading_span_days',
            'summed.fading_weight * settings.engagement_recent_days'
        ) }}, 0), 0) as engagement_decline,
        people.is_identified,
        coalesce(summed.purchases, 0) as purchases,
        summed.last_purchase_date,
        summed.last_activity_date
    from {{ ref('int_people') }} as people
    cross join settings
    left join summed on people.person_id = summed.person_id

)

select * from final
