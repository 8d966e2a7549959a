{#- A view: customers.scores is where its rows are kept. -#}
{{ config(materialized='view') }}
-- How likely customers are lost, as scores: the weighted sum of signs, and the modelled chance.
with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

risks as (

    select
        risks.person_id,
        'churn_risk' as score_type,
        'weighted_signs' as method,
        risks.churn_risk as score_value,
        {{ tier('risks.churn_risk', 'churn', ['high', 'medium'], 'low') }} as tier,
        {{ json_of({
            'activity': 'risks.activity_term', 'purchase': 'risks.purchase_term',
            'decline': 'risks.decline_term', 'sentiment': 'risks.sentiment_term',
            'orders': 'risks.orders_term', 'days_since_activity': 'risks.days_since_activity',
            'days_since_purchase': 'risks.days_since_purchase', 'purchases': 'risks.purchases',
            'engagement_decline': 'risks.engagement_decline',
            'negative_share': 'risks.negative_share',
        }) }} as breakdown
    from {{ ref('int_churn_risks') }} as risks
    cross join settings

),

probabilities as (

    select
        probabilities.person_id,
        'churn_probability' as score_type,
        probabilities.method,
        probabilities.churn_probability as score_value,
        {{ tier(
            'probabilities.churn_probability', 'churn', ['high', 'medium'], 'low', unit=0.01
        ) }} as tier,
        {{ json_of({
            'closed_form': 'probabilities.closed_form', 'logistic': 'probabilities.logistic',
            'horizon_days': 'settings.churn_horizon_days',
        }) }} as breakdown
    from {{ ref('int_churn_probabilities') }} as probabilities
    cross join settings

),

final as (

    select * from risks
    union all
    select * from probabilities

)

select * from final
