with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

engagement as (

    select
        engagement.person_id,
        'engagement' as score_type,
        'weighted_actions' as method,
        engagement.engagement_score as score_value,
        {{ tier('engagement.engagement_score', 'engagement', ['high', 'medium'], 'low') }} as tier,
        {{ json_of({
            'purchase': 'engagement.purchase_points', 'feedback': 'engagement.feedback_points',
            'social': 'engagement.social_points', 'form': 'engagement.form_points',
            'pageview': 'engagement.pageview_points', 'raw': 'engagement.raw_points',
        }) }} as breakdown
    from {{ ref('int_engagement') }} as engagement
    cross join settings

),

-- What a person says counts until they say something else.
nps as (

    select
        person_id,
        'nps' as score_type,
        'latest_answer' as method,
        nps_score as score_value,
        nps_category as tier,
        {{ json_of({
            'feedback_id': 'feedback_id', 'scale': 'scale', 'answered_date': 'answered_date',
        }) }} as breakdown
    from {{ ref('int_nps_answers') }}
    where is_latest

),

combined as (

    select * from engagement
    union all
    select * from nps
    union all
    select
        person_id,
        score_type,
        method,
        score_value,
        tier,
        breakdown
    from {{ ref('int_value_scores') }}
    union all
    select
        person_id,
        score_type,
        method,
        score_value,
        tier,
        breakdown
    from {{ ref('int_loss_scores') }}

),

-- Values that differ by less than a cent, or by less than is shown of a score, are equals. There
-- are few enough different ones to be put in order without all that belongs to them.
known as (

    select
        *,
        round(score_value, case when score_type like 'clv%' then 2 else 5 end) as ranked_value
    from combined
    where score_value is not null

),

ranked as (

    select
        score_type,
        ranked_value,
        sum(count(*)) over (partition by score_type order by ranked_value) - count(*)
            as people_below,
        sum(count(*)) over (partition by score_type) as people
    from known
    group by 1, 2

),

final as (

    select
        known.person_id,
        known.score_type,
        known.tier,
        known.method,
        known.breakdown,
        cast(known.score_value as double) as score_value,
        -- The share of the others who score less.
        coalesce(100 * {{ safe_divide('ranked.people_below', 'ranked.people - 1') }}, 0)
            as percentile,
        {{ setting('as_of') }} as as_of
    from known
    inner join ranked
        on
            known.score_type = ranked.score_type
            and known.ranked_value = ranked.ranked_value

)

select * from final
