-- How likely a known person is lost, as a weighted sum of what speaks for it.
with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

-- Only texts whose feeling could be read say anything.
texts as (

    select
        person_id,
        count(*) filter (where label = 'negative') as negative_texts,
        count(*) as scored_texts
    from {{ ref('sentiment') }}
    where score is not null
    group by 1

),

known as (

    select
        engagement.person_id,
        engagement.purchases,
        {{ days_between('engagement.last_activity_date', setting('as_of')) }}
            as days_since_activity,
        {{ days_between('engagement.last_purchase_date', setting('as_of')) }}
            as days_since_purchase,
        engagement.engagement_decline,
        coalesce({{ safe_divide('texts.negative_texts', 'texts.scored_texts') }}, 0)
            as negative_share
    from {{ ref('int_engagement') }} as engagement
    left join texts on engagement.person_id = texts.person_id
    where engagement.is_identified

),

terms as (

    select
        known.*,
        -- Who was never active, or never bought, is as far gone as can be.
        settings.churn_activity_weight
        * least(coalesce(known.days_since_activity / settings.churn_activity_days, 1), 1)
            as activity_term,
        settings.churn_purchase_weight
        * least(coalesce(known.days_since_purchase / settings.churn_purchase_days, 1), 1)
            as purchase_term,
        settings.churn_decline_weight * known.engagement_decline as decline_term,
        settings.churn_sentiment_weight * known.negative_share as sentiment_term,
        case
            when known.purchases = 0 then settings.churn_no_purchase_penalty
            when known.purchases > settings.churn_loyal_orders then -settings.churn_loyal_bonus
            else 0
        end as orders_term
    from known
    cross join settings

),

final as (

    select
        person_id,
        purchases,
        days_since_activity,
        days_since_purchase,
        engagement_decline,
        negative_share,
        activity_term,
        purchase_term,
        decline_term,
        sentiment_term,
        orders_term,
        100 * least(
            greatest(
                activity_term + purchase_term + decline_term + sentiment_term + orders_term, 0
            ),
            1
        ) as churn_risk
    from terms

)

select * from final
