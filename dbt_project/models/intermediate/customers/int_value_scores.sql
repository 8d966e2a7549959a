{#- A view: customers.scores is where its rows are kept. -#}
{{ config(materialized='view') }}
-- What buyers are worth, as scores: the prediction, or the formula where nothing could be fitted,
-- and the formula of all of them.
with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

customer_values as (

    select * from {{ ref('int_customer_values') }}

),

by_formula as (

    select
        person_id,
        clv_formula as score_value,
        why_not,
        {{ json_of({
            'average_order_value': 'average_order_value', 'orders_per_month': 'orders_per_month',
            'lifespan_months': 'lifespan_months', 'mean_gap_days': 'mean_gap_days',
        }) }} as breakdown
    from customer_values

),

predicted as (

    select
        person_id,
        'clv' as score_type,
        'bg_nbd_gamma_gamma' as method,
        clv_predicted as score_value,
        {{ json_of({
            'probability_alive': 'probability_alive', 'expected_purchases': 'expected_purchases',
            'expected_value': 'expected_value',
            'days_to_next_purchase': 'days_to_next_purchase',
        }) }} as breakdown
    from customer_values
    where why_not is null

),

combined as (

    select * from predicted

    union all

    select
        person_id,
        'clv' as score_type,
        'formula: ' || why_not as method,
        score_value,
        breakdown
    from by_formula
    where why_not is not null

    union all

    select
        person_id,
        'clv_formula' as score_type,
        'formula' as method,
        score_value,
        breakdown
    from by_formula

),

final as (

    select
        combined.person_id,
        combined.score_type,
        combined.method,
        combined.score_value,
        {{ tier('combined.score_value', 'clv', ['platinum', 'gold', 'silver'], 'bronze') }} as tier,
        combined.breakdown
    from combined
    cross join settings

)

select * from final
