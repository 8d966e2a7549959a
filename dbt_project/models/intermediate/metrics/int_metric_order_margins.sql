-- What each paid order left after the cost of its goods, in the workspace currency.
with

items as (

    select
        order_id,
        case
            when count(*) = count(quantity * unit_cost) then sum(quantity * unit_cost)
        end as unit_costs
    from {{ ref('stg_commerce__order_items') }}
    group by 1

),

final as (

    select
        orders.order_id,
        orders.person_id,
        orders.order_date,
        orders.days_since_first_paid_order,
        orders.net_revenue as revenue,
        -- Costs are in the order's currency, and converted as its total was.
        orders.net_revenue - items.unit_costs * orders.gross_revenue / orders.original_total
            as margin
    from {{ ref('fct_orders') }} as orders
    left join items on orders.order_id = items.order_id
    where orders.is_paid and orders.net_revenue is not null

)

select * from final
