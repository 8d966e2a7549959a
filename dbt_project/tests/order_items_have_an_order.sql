-- Order lines whose order never landed.
{{ config(severity='warn') }}

select
    order_items.order_item_id,
    order_items.order_id
from {{ ref('stg_commerce__order_items') }} as order_items
left join {{ ref('stg_commerce__orders') }} as orders on order_items.order_id = orders.order_id
where order_items.order_id is not null and orders.order_id is null
