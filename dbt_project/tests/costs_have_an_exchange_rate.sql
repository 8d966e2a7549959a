-- Costs that are missing from every sum, because their day has no rate: ROAS is too high.
{{ config(severity='warn') }}

select
    costs.cost_date,
    costs.cost_source,
    costs.campaign_name,
    costs.currency
from {{ ref('stg_marketing__costs') }} as costs
{{ join_rates('costs.currency', 'costs.cost_date') }}
where costs.cost is not null and {{ converted('costs.cost', 'costs.currency') }} is null
