-- Purchases the site reported whose order never landed. They count only if a goal is on events.
{{ config(severity='warn') }}

select
    events.event_id,
    events.order_id
from {{ ref('stg_web__events') }} as events
left join {{ ref('stg_commerce__orders') }} as orders on events.order_id = orders.order_id
where
    events.event_type = 'purchase'
    and events.order_id is not null
    and orders.order_id is null
