-- Orders whose worth in the workspace currency is unknown: their day has no rate.
{{ config(severity='warn') }}

select
    order_id,
    original_currency,
    order_date
from {{ ref('int_orders_converted') }}
where is_counted and original_total is not null and total is null
