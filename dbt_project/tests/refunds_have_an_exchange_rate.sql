-- Refunds whose worth in the workspace currency is unknown: their day has no rate.
{{ config(severity='warn') }}

select
    refund_id,
    original_currency,
    refund_date
from {{ ref('int_refunds_converted') }}
where original_amount is not null and amount is null
