-- Every name a link may call a campaign by: its name, its id, and the utm_campaign its ads'
-- URL tags set. With what the campaign spent, which breaks ties.
with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

spend as (

    select
        campaign_id,
        sum(spend) as spend
    from {{ ref('int_ad_days_converted') }}
    group by 1

),

url_tags as (

    select distinct
        parents.campaign_id,
        {{ url_parameter("'?' || creatives.url_tags", 'utm_campaign') }} as name
    from {{ ref('stg_meta_ads__ads') }} as ads
    inner join {{ ref('int_ads') }} as parents on ads.ad_id = parents.ad_id
    inner join {{ ref('stg_meta_ads__creatives') }} as creatives
        on ads.creative_id = creatives.creative_id

),

named as (

    select
        campaign_id,
        campaign_name as name,
        false as is_id
    from campaigns
    union
    select
        campaign_id,
        campaign_id as name,
        true as is_id
    from campaigns
    union
    select
        campaign_id,
        name,
        false as is_id
    from url_tags

),

final as (

    select
        named.campaign_id,
        {{ folded_name('named.name') }} as folded_name,
        max({{ sorted_tokens('named.name') }}) as sorted_tokens,
        coalesce(max(spend.spend), 0) as spend,
        bool_and(named.is_id) as is_id
    from named
    left join spend on named.campaign_id = spend.campaign_id
    where
        named.campaign_id is not null
        and trim(named.name) <> ''
        -- Placeholders in braces are filled in by Meta when the ad is shown; they name nothing.
        and instr(named.name, chr(123)) = 0
    group by 1, 2

)

select * from final
