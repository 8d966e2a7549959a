-- Refunds that name an order that never landed; they reduce the customer they name, if any.
{{ config(severity='warn') }}

select
    refunds.refund_id,
    refunds.order_id
from {{ ref('stg_commerce__refunds') }} as refunds
left join {{ ref('stg_commerce__orders') }} as orders on refunds.order_id = orders.order_id
where refunds.order_id is not null and orders.order_id is null
