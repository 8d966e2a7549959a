-- Ads that were delivered but never landed, most likely deleted; their spend is kept.
{{ config(severity='warn') }}

select distinct insights.ad_id
from {{ ref('stg_meta_ads__insights') }} as insights
left join {{ ref('stg_meta_ads__ads') }} as landed on insights.ad_id = landed.ad_id
where insights.ad_id is not null and landed.ad_id is null
