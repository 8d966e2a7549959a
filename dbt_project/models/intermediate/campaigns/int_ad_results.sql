-- What each ad cost and what it brought, over the whole history. Only a link that names its ad
-- tells which of a campaign's ads brought a session; nothing is shared out among the others.
with

-- The creative of an ad that was deleted is not known any more.
ads as (

    select
        ads.ad_id,
        ads.campaign_id,
        landed.creative_id
    from {{ ref('int_ads') }} as ads
    left join {{ ref('stg_meta_ads__ads') }} as landed on ads.ad_id = landed.ad_id

),

delivery as (

    select
        ad_id,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        {{ exact_sum('spend') }} as spend,
        {{ exact_sum('meta_purchases') }} as meta_purchases,
        {{ exact_sum('meta_purchase_value') }} as meta_purchase_value,
        {{ exact_sum('meta_leads') }} as meta_leads,
        min(date) as first_day,
        max(date) as last_day
    from {{ ref('fct_ad_days') }}
    group by 1

),

touches as (

    select
        session_id,
        campaign_id,
        ad_id
    from {{ ref('int_touchpoints') }}
    where ad_id is not null and not is_redirect

),

goals as (

    select goal
    from {{ ref('stg_workspace__goals') }}
    where is_attributed and source <> 'lead'

),

converting as (

    select distinct conversions.session_id
    from {{ ref('fct_conversions') }} as conversions
    inner join goals on conversions.goal = goals.goal

),

sessions as (

    select
        touches.ad_id,
        count(*) as sessions,
        count(touches.campaign_id) as sessions_of_campaign,
        count(converting.session_id) as converting_sessions
    from touches
    left join converting on touches.session_id = converting.session_id
    group by 1

),

credits as (

    select
        touches.ad_id,
        {{ credited_measures() }}
    from (
        select * from {{ ref('fct_credits') }}
        where attribution_model = {{ setting('headline_model') }}
    ) as credited
    inner join touches on credited.touchpoint_id = touches.session_id
    group by 1

),

{{ known_results() }},

final as (

    select
        ads.ad_id,
        ads.campaign_id,
        ads.creative_id,
        cast(delivery.impressions as bigint) as impressions,
        cast(delivery.clicks as bigint) as clicks,
        coalesce(delivery.spend, 0) as spend,
        delivery.meta_purchases,
        delivery.meta_purchase_value,
        delivery.meta_leads,
        known.no_sessions + coalesce(sessions.sessions, 0) as sessions,
        known.no_sessions + coalesce(sessions.sessions_of_campaign, 0) as sessions_of_campaign,
        known.no_sessions + known.no_conversions + coalesce(sessions.converting_sessions, 0)
            as converting_sessions,
        known.no_conversions + coalesce(credits.conversions, 0) as conversions,
        known.no_revenue + coalesce(credits.purchases, 0) as purchases,
        known.no_revenue + coalesce(credits.new_customers, 0) as new_customers,
        known.no_revenue + coalesce(credits.revenue, 0) as revenue,
        delivery.first_day,
        delivery.last_day
    from ads
    cross join known
    left join delivery on ads.ad_id = delivery.ad_id
    left join sessions on ads.ad_id = sessions.ad_id
    left join credits on ads.ad_id = credits.ad_id

)

select * from final
