-- Paid orders of the days in which buying patterns are looked for.
with

recent as (

    select
        person_id,
        order_id,
        net_revenue,
        order_date
    from {{ ref('fct_orders') }}
    where
        is_paid
        and {{ can_return('person_id') }}
        and {{ days_between('order_date', setting('as_of')) }}
        < {{ customer_setting('behaviours_window_days') }}

),

final as (

    select
        recent.person_id,
        recent.order_id,
        -- Where it was sent, where the shop exports that; else where the customer lives.
        nullif(lower(trim(coalesce(
            {{ json_text('orders.extra_columns', "'shipping_city'") }},
            {{ json_text('orders.extra_columns', "'city'") }},
            customers.city
        ))), '') as city,
        cast(recent.net_revenue as decimal(18, 6)) as net_revenue,
        {{ is_weekend('recent.order_date') }} as is_on_weekend,
        cast(date_trunc('week', recent.order_date) as date) as order_week,
        cast(date_trunc('month', recent.order_date) as date) as order_month,
        recent.order_date
    from recent
    inner join {{ ref('stg_commerce__orders') }} as orders on recent.order_id = orders.order_id
    left join {{ ref('stg_commerce__customers') }} as customers
        on orders.customer_id = customers.customer_id

)

select * from final
