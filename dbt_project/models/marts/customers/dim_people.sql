with

people as (

    select * from {{ ref('int_people') }}

),

customers as (

    select * from {{ ref('stg_commerce__customers') }}

),

orders as (

    select * from {{ ref('int_orders_aggregated_to_people') }}

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

        ---------- booleans
        people.is_identified,
        customers.marketing_opt_in,

        ---------- timestamps
        people.first_seen_at,
        people.last_seen_at,
        orders.first_order_at,
        orders.last_order_at

    from people
    left join customers on people.person_id = customers.customer_id
    left join orders on people.person_id = orders.person_id
    left join sessions on people.person_id = sessions.person_id

)

select * from final
