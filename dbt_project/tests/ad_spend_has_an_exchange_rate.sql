-- Ad days whose cost in the workspace currency is unknown: their day has no rate.
{{ config(severity='warn') }}

select
    ad_id,
    spend_date,
    original_currency
from {{ ref('int_ad_days_converted') }}
where original_spend is not null and spend is null
