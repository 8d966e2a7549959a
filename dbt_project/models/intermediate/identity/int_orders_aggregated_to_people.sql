with

orders as (

    select
        identified.person_id,
        orders.total,
        case when refunds.refunds is null then 0 else refunds.refunded_value end as refunded_value,
        orders.is_paid,
        orders.ordered_at
    from {{ ref('int_orders_converted') }} as orders
    inner join {{ ref('int_orders_identified') }} as identified
        on orders.order_id = identified.order_id
    left join {{ ref('int_refunds_aggregated_to_orders') }} as refunds
        on orders.order_id = refunds.order_id
    where orders.is_counted

),

ordered as (

    select
        person_id,
        count(*) as orders,
        count(*) filter (where is_paid) as paid_orders,
        -- One order without a rate makes the sum unknown, not smaller.
        case when count(*) = count(total) then sum(total) end as gross_revenue,
        case when count(*) = count(refunded_value) then sum(refunded_value) end as linked_refunds,
        min(ordered_at) as first_order_at,
        max(ordered_at) as last_order_at
    from orders
    group by 1

),

-- A refund that names no order still was paid to somebody.
unlinked as (

    select
        customer_id as person_id,
        count(*) as unlinked_refund_count,
        case when count(*) = count(amount) then sum(amount) end as unlinked_refunds
    from {{ ref('int_refunds_converted') }}
    where not is_linked and customer_id is not null
    group by 1

),

final as (

    select
        coalesce(ordered.person_id, unlinked.person_id) as person_id,
        coalesce(ordered.orders, 0) as orders,
        coalesce(ordered.paid_orders, 0) as paid_orders,
        case when ordered.person_id is null then 0 else ordered.gross_revenue end as gross_revenue,
        case when ordered.person_id is null then 0 else ordered.linked_refunds end
        + case when unlinked.person_id is null then 0 else unlinked.unlinked_refunds end
            as refunded_value,
        coalesce(unlinked.unlinked_refund_count, 0) as unlinked_refunds,
        ordered.first_order_at,
        ordered.last_order_at
    from ordered
    full join unlinked on ordered.person_id = unlinked.person_id

)

select * from final
