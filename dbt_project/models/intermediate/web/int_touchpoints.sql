{#- An ad of another campaign than the one resolved is a number that happens to be equal. -#}
{%- set is_its_ad -%}
    ads.ad_id is not null
            and (joined.campaign_id is null or joined.campaign_id = ads.campaign_id)
{%- endset -%}
-- A session with all that is known of what brought it.
with

sessions as (

    select * from {{ ref('int_sessions') }}

),

identified as (

    select
        session_id,
        person_id
    from {{ ref('int_sessions_identified') }}

),

sources as (

    select * from {{ ref('int_session_sources') }}

),

channels as (

    select * from {{ ref('int_source_channels') }}

),

resolved as (

    select * from {{ ref('int_utm_campaigns_resolved') }}

),

overrides as (

    select
        session_id,
        min(campaign_id) as campaign_id
    from {{ ref('stg_workspace__campaign_overrides') }}
    where session_id is not null
    group by 1

),

campaigns as (

    select
        campaign_id,
        platform
    from {{ ref('int_campaigns') }}

),

-- utm_content names the ad by id on links Meta tags itself, and by name on hand-made ones.
ads as (

    select
        ad_id,
        adset_id,
        campaign_id,
        {{ folded_name('ad_name') }} as ad_name
    from {{ ref('int_ads') }}

),

ads_by_name as (

    select
        campaign_id,
        ad_name,
        ad_id,
        adset_id
    from ads
    where ad_name is not null
    qualify row_number() over (partition by campaign_id, ad_name order by ad_id) = 1

),

joined as (

    select
        sessions.session_id,
        sessions.visitor_id,
        identified.person_id,
        coalesce(overrides.campaign_id, resolved.campaign_id) as campaign_id,
        sources.utm_source,
        sources.utm_medium,
        sources.utm_campaign,
        sources.utm_content,
        sources.utm_term,
        sessions.landing_page,
        sessions.referrer,
        sessions.country,
        sessions.device,
        sessions.channel_reported,
        channels.channel,
        channels.platform as source_platform,
        case
            when overrides.campaign_id is not null then 'manual'
            else coalesce(resolved.resolution_method, 'unresolved')
        end as resolution_method,
        case
            when overrides.campaign_id is not null then 1.0
            else resolved.resolution_confidence
        end as resolution_confidence,
        case
            when overrides.campaign_id is not null then null
            when sources.utm_campaign is null then 'no_utm_campaign'
            else resolved.unresolved_reason
        end as unresolved_reason,
        resolved.candidate_campaign_id,
        sessions.pageviews,
        sessions.is_bounce,
        sources.is_redirect,
        sessions.is_derived,
        sessions.started_at,
        sessions.ended_at
    from sessions
    inner join identified on sessions.session_id = identified.session_id
    inner join sources on sessions.session_id = sources.session_id
    left join channels
        on
            sources.source is not distinct from channels.source
            and sources.medium is not distinct from channels.medium
            and sources.campaign is not distinct from channels.campaign
    left join resolved on {{ folded_name('sources.utm_campaign') }} = resolved.folded_name
    left join overrides on sessions.session_id = overrides.session_id

),

final as (

    select
        joined.*,
        {{ local_date('joined.started_at') }} as started_date,
        coalesce(campaigns.platform, joined.source_platform) as platform,
        case when {{ is_its_ad }} then ads.ad_id else ads_by_name.ad_id end as ad_id,
        case when {{ is_its_ad }} then ads.adset_id else ads_by_name.adset_id end as ad_set_id
    from joined
    left join campaigns on joined.campaign_id = campaigns.campaign_id
    -- On the id alone, so that it is a hash join; whether the campaigns agree is asked above.
    left join ads on joined.utm_content = ads.ad_id
    left join ads_by_name
        on
            joined.campaign_id = ads_by_name.campaign_id
            and {{ folded_name('joined.utm_content') }} = ads_by_name.ad_name

)

select * from final
