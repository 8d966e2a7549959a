-- Campaigns that were delivered but never landed, most likely deleted; their spend is kept.
{{ config(severity='warn') }}

select distinct insights.campaign_id
from {{ ref('stg_meta_ads__insights') }} as insights
left join {{ ref('stg_meta_ads__campaigns') }} as landed
    on insights.campaign_id = landed.campaign_id
where insights.campaign_id is not null and landed.campaign_id is null
