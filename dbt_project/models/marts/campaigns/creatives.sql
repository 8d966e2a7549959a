with

creatives as (

    select * from {{ ref('stg_meta_ads__creatives') }}

),

ads as (

    select * from {{ ref('int_ad_results') }}

),

summed as (

    select
        creative_id,
        count(*) as ads,
        count(distinct campaign_id) as campaigns,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks,
        {{ exact_sum('spend') }} as spend,
        cast(sum(sessions) as bigint) as sessions,
        cast(sum(converting_sessions) as bigint) as converting_sessions,
        {{ exact_sum('conversions') }} as conversions,
        {{ exact_sum('purchases') }} as purchases,
        {{ exact_sum('revenue') }} as revenue,
        {{ exact_sum('meta_purchases') }} as meta_purchases,
        {{ exact_sum('meta_purchase_value') }} as meta_purchase_value,
        {{ exact_sum('meta_leads') }} as meta_leads,
        min(first_day) as first_day,
        max(last_day) as last_day
    from ads
    group by 1

),

-- How much of its campaigns' sessions the ads account for: the rest is nobody's here.
sessions_of_campaigns as (

    select
        campaign_id,
        sum(sessions) as sessions
    from {{ ref('campaign_result_days') }}
    group by 1

),

sessions_of_ads as (

    select
        campaign_id,
        sum(sessions_of_campaign) as sessions
    from ads
    group by 1

),

known_shares as (

    select
        pairs.creative_id,
        {{ safe_divide('sum(sessions_of_ads.sessions)', 'sum(sessions_of_campaigns.sessions)') }}
            as ad_known_share
    from (select distinct ads.creative_id, ads.campaign_id from ads) as pairs
    inner join sessions_of_campaigns on pairs.campaign_id = sessions_of_campaigns.campaign_id
    inner join sessions_of_ads on pairs.campaign_id = sessions_of_ads.campaign_id
    group by 1

),

measured as (

    select
        summed.*,
        {{ safe_divide('clicks', 'impressions') }} as ctr,
        -- What cost nothing has no price.
        {{ safe_divide('nullif(spend, 0)', 'clicks') }} as cpc,
        {{ safe_divide('converting_sessions', 'sessions') }} as conversion_rate,
        {{ safe_divide('revenue', 'spend') }} as roas,
        {{ safe_divide('meta_purchase_value', 'spend') }} as platform_roas,
        creative_id is not null
        and coalesce(impressions, 0) >= {{ setting('creative_minimum_impressions') }} as is_ranked
    from summed

),

final as (

    select
        ---------- ids
        measured.creative_id,

        ---------- strings
        creatives.name as creative_name,
        coalesce(
            creatives.title, {{ json_text('creatives.object_story_spec', "'link_data.name'") }}
        ) as headline,
        coalesce(
            creatives.body, {{ json_text('creatives.object_story_spec', "'link_data.message'") }}
        ) as body,
        creatives.call_to_action_type as call_to_action,
        creatives.thumbnail_url,

        ---------- numerics
        measured.ads,
        measured.campaigns,
        measured.spend,
        measured.impressions,
        measured.clicks,
        measured.ctr,
        measured.cpc,
        measured.sessions,
        measured.converting_sessions,
        measured.conversions,
        measured.purchases,
        measured.conversion_rate,
        measured.revenue,
        measured.roas,
        known_shares.ad_known_share,
        measured.meta_purchases,
        measured.meta_purchase_value,
        measured.meta_leads,
        measured.platform_roas,
        case
            when measured.is_ranked
                then row_number() over (
                    partition by measured.is_ranked
                    order by
                        measured.roas desc nulls last,
                        measured.ctr desc nulls last,
                        measured.creative_id asc
                )
        end as rank,

        ---------- dates
        measured.first_day,
        measured.last_day

    from measured
    left join creatives on measured.creative_id = creatives.creative_id
    left join known_shares on measured.creative_id is not distinct from known_shares.creative_id

)

select * from final
