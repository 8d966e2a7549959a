with

ad_days as (

    select * from {{ ref('int_ad_days_converted') }}

),

ads as (

    select * from {{ ref('int_ads') }}

),

final as (

    select
        ---------- ids
        ad_days.ad_id,
        coalesce(ad_days.adset_id, ads.adset_id) as adset_id,
        coalesce(ad_days.campaign_id, ads.campaign_id) as campaign_id,
        ad_days.account_id,

        ---------- strings
        ads.ad_name,
        ad_days.original_currency,

        ---------- numerics
        ad_days.impressions,
        ad_days.reach,
        ad_days.clicks,
        ad_days.inline_link_clicks,
        cast(ad_days.spend as double) as spend,
        cast(ad_days.original_spend as double) as original_spend,
        cast(ad_days.purchases as double) as meta_purchases,
        cast(ad_days.purchase_value as double) as meta_purchase_value,
        cast(ad_days.leads as double) as meta_leads,

        ---------- dates
        ad_days.spend_date as date

    from ad_days
    left join ads on ad_days.ad_id = ads.ad_id

)

select * from final
