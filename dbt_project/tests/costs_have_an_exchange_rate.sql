-- Costs that are missing from every sum, because their day has no rate: ROAS is too high.
{{ config(severity='warn') }}

select
    charges.cost_date,
    charges.cost_source,
    charges.campaign_name,
    charges.currency
from {{ ref('stg_marketing__costs') }} as charges
{{ join_rates('charges.currency', 'charges.cost_date') }}
where charges.cost is not null and {{ converted('charges.cost', 'charges.currency') }} is null
