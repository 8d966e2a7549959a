-- What the goods of an order cost the shop; known only where every line says.
with

items as (

    select
        order_id,
        case when count(*) = count(quantity * unit_cost) then sum(quantity * unit_cost) end
            as cost_of_goods
    from {{ ref('stg_commerce__order_items') }}
    group by 1

),

orders as (

    select * from {{ ref('int_orders_converted') }}

),

final as (

    select
        items.order_id,
        cast(
            {{ converted('items.cost_of_goods', 'orders.original_currency') }} as decimal(18, 6)
        ) as cost_of_goods
    from items
    inner join orders on items.order_id = orders.order_id
    {{ join_rates('orders.original_currency', 'orders.order_date') }}

)

select * from final
