-- Every ad anything refers to, with the ad set and campaign it belongs to.
with

ads as (

    select
        ad_id,
        adset_id,
        campaign_id,
        name as ad_name
    from {{ ref('stg_meta_ads__ads') }}

),

insights as (

    select
        ad_id,
        max_by(adset_id, spend_date) filter (where adset_id is not null) as adset_id,
        max_by(campaign_id, spend_date) filter (where campaign_id is not null) as campaign_id
    from {{ ref('stg_meta_ads__insights') }}
    group by 1

),

adsets as (

    select
        adset_id,
        campaign_id
    from {{ ref('stg_meta_ads__adsets') }}

),

joined as (

    select
        coalesce(ads.ad_id, insights.ad_id) as ad_id,
        coalesce(ads.adset_id, insights.adset_id) as adset_id,
        coalesce(ads.campaign_id, insights.campaign_id) as campaign_id,
        ads.ad_name
    from ads
    full join insights on ads.ad_id = insights.ad_id

),

final as (

    select
        joined.ad_id,
        joined.ad_name,
        joined.adset_id,
        coalesce(joined.campaign_id, adsets.campaign_id) as campaign_id
    from joined
    left join adsets on joined.adset_id = adsets.adset_id

)

select * from final
