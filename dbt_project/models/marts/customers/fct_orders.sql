with

orders as (

    select * from {{ ref('int_orders_converted') }}

),

identified as (

    select * from {{ ref('int_orders_identified') }}

),

refunds as (

    select * from {{ ref('int_refunds_aggregated_to_orders') }}

),

joined as (

    select
        orders.*,
        identified.person_id,
        identified.visitor_id as resolved_visitor_id,
        case when refunds.refunds is null then 0 else refunds.refunded_value end as refunded_value
    from orders
    inner join identified on orders.order_id = identified.order_id
    left join refunds on orders.order_id = refunds.order_id

),

final as (

    select
        ---------- ids
        order_id,
        person_id,
        customer_id,
        resolved_visitor_id as visitor_id,
        session_id,

        ---------- strings
        status,
        promo_code,
        original_currency,

        ---------- numerics
        cast(total as double) as gross_revenue,
        cast(refunded_value as double) as refunded_value,
        cast(total - refunded_value as double) as net_revenue,
        cast(original_total as double) as original_total,
        cast(subtotal as double) as subtotal,
        cast(discount_total as double) as discount_total,
        cast(shipping_total as double) as shipping_total,
        cast(tax_total as double) as tax_total,
        case when is_counted then row_number() over orders_of_person end as order_number,
        case
            when is_counted
                then {{ days_between('min(order_date) over orders_of_person', 'order_date') }}
        end as days_since_first_order,
        case
            when is_counted
                then {{ days_between('lag(order_date) over orders_of_person', 'order_date') }}
        end as days_since_previous_order,
        case
            when is_counted and is_paid
                then
                    {{ days_between(
                        'min(case when is_paid then order_date end) over orders_of_person',
                        'order_date'
                    ) }}
        end as days_since_first_paid_order,

        ---------- booleans
        is_counted,
        is_counted and is_paid as is_paid,

        ---------- dates
        order_date,

        ---------- timestamps
        ordered_at

    from joined
    -- One sort for all of them: what came first is the least so far.
    window orders_of_person as (
        partition by person_id, is_counted order by ordered_at, order_id
    )

)

select * from final
