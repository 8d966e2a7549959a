with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

people as (

    select * from {{ ref('int_people') }}

),

customers as (

    select * from {{ ref('stg_commerce__customers') }}

),

orders as (

    select * from {{ ref('int_orders_aggregated_to_people') }}

),

value_scores as (

    select
        person_id,
        score_value,
        tier
    from {{ ref('int_value_scores') }}
    where score_type = 'clv'

),

purchases as (

    select * from {{ ref('int_customer_values') }}

),

risks as (

    select
        person_id,
        max(score_value) filter (where score_type = 'churn_risk') as churn_risk,
        max(tier) filter (where score_type = 'churn_risk') as churn_tier,
        max(score_value) filter (where score_type = 'churn_probability') as churn_probability
    from {{ ref('int_loss_scores') }}
    group by 1

),

behaviours as (

    select
        person_id,
        {{ joined_distinct_text('behaviour', ', ') }} as behaviours
    from {{ ref('behaviours') }}
    group by 1

),

answers as (

    select * from {{ ref('int_nps_answers') }}
    where is_latest

),

sessions as (

    select
        person_id,
        count(*) as sessions
    from {{ ref('int_sessions_identified') }}
    group by 1

),

final as (

    select
        ---------- ids
        people.person_id,
        customers.customer_id,

        ---------- strings
        coalesce(customers.country, people.last_country) as country,
        customers.city,
        coalesce(customers.email_hash, people.email_hash) as email_hash,
        customers.phone_hash,
        channels.acquisition_channel,
        coalesce(
            rfm.segment,
            -- Known, and may yet buy.
            case when people.is_identified and orders.first_order_at is null then 'Prospects' end
        ) as rfm_segment,
        behaviours.behaviours,
        {{ tier('engagement.engagement_score', 'engagement', ['high', 'medium'], 'low') }}
            as engagement_tier,
        value_scores.tier as clv_tier,
        risks.churn_tier,
        answers.nps_category,

        ---------- numerics
        coalesce(sessions.sessions, 0) as sessions,
        coalesce(orders.orders, 0) as orders,
        coalesce(orders.paid_orders, 0) as paid_orders,
        cast(case when orders.person_id is null then 0 else orders.gross_revenue end as double)
            as gross_revenue,
        cast(case when orders.person_id is null then 0 else orders.refunded_value end as double)
            as refunded_value,
        cast(
            case
                when orders.person_id is null then 0
                else orders.gross_revenue - orders.refunded_value
            end as double
        ) as revenue,
        {{ safe_divide('orders.gross_revenue - orders.refunded_value', 'orders.paid_orders') }}
            as average_order_value,
        coalesce(orders.unlinked_refunds, 0) as unlinked_refunds,
        {{ days_between(local_date('orders.last_order_at'), setting('as_of')) }}
            as days_since_last_order,
        {{ years_between('customers.birth_date', setting('as_of')) }} as age,
        engagement.engagement_score,
        value_scores.score_value as clv,
        purchases.clv_formula,
        purchases.expected_purchases,
        risks.churn_risk,
        risks.churn_probability,
        answers.nps_score,

        ---------- booleans
        people.is_identified,
        customers.marketing_opt_in,

        ---------- dates
        cast({{ add_days(
            setting('as_of'), 'ceil(purchases.days_to_next_purchase)'
        ) }} as date) as next_order_date,

        ---------- timestamps
        people.first_seen_at,
        people.last_seen_at,
        orders.first_order_at,
        orders.last_order_at

    from people
    cross join settings
    left join customers on people.person_id = customers.customer_id
    left join orders on people.person_id = orders.person_id
    left join sessions on people.person_id = sessions.person_id
    left join {{ ref('int_engagement') }} as engagement
        on people.person_id = engagement.person_id
    left join {{ ref('int_acquisition_channels') }} as channels
        on people.person_id = channels.person_id
    left join {{ ref('rfm') }} as rfm on people.person_id = rfm.person_id
    left join purchases on people.person_id = purchases.person_id
    left join value_scores on people.person_id = value_scores.person_id
    left join risks on people.person_id = risks.person_id
    left join behaviours on people.person_id = behaviours.person_id
    left join answers on people.person_id = answers.person_id

)

select * from final
