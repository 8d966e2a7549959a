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

final as (

    select
        person_id,
        score_type,
        tier,
        method,
        breakdown,
        cast(score_value as double) as score_value,
        -- The share of the others who score less.
        100 * percent_rank() over (partition by score_type order by score_value) as percentile,
        {{ setting('as_of') }} as as_of
    from combined
    where score_value is not null

)

select * from final
