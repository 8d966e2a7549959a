-- Ad sets that were delivered but never landed, most likely deleted; their spend is kept.
{{ config(severity='warn') }}

select distinct insights.adset_id
from {{ ref('stg_meta_ads__insights') }} as insights
left join {{ ref('stg_meta_ads__adsets') }} as landed on insights.adset_id = landed.adset_id
where insights.adset_id is not null and landed.adset_id is null
