-- Every campaign anything refers to. One that only has spend (deleted, or its name not yet
-- exported) keeps its row, so that its spend keeps a home.
with

meta as (

    select
        campaign_id,
        name as campaign_name,
        'meta' as platform,
        'paid_social' as channel,
        status,
        1 as rank
    from {{ ref('stg_meta_ads__campaigns') }}

),

marketing as (

    select
        campaign_id,
        name as campaign_name,
        cast(null as string) as platform,
        channel,
        status,
        2 as rank
    from {{ ref('stg_marketing__campaigns') }}

),

costs as (

    select
        coalesce(campaign_id, cost_source || ':' || campaign_name) as campaign_id,
        max_by(campaign_name, cast(cost_date as string) || campaign_name) as campaign_name,
        min(cost_source) as platform,
        min(channel) as channel,
        cast(null as string) as status,
        3 as rank
    from {{ ref('stg_marketing__costs') }}
    group by 1

),

-- Deleted from the account, but still spent, still had ads or still brought leads.
referred_to as (

    select campaign_id from {{ ref('stg_meta_ads__insights') }}
    union
    select campaign_id from {{ ref('stg_meta_ads__adsets') }}
    union
    select campaign_id from {{ ref('stg_meta_ads__ads') }}
    union
    select campaign_id from {{ ref('stg_meta_ads__leads') }}

),

deleted as (

    select
        campaign_id,
        cast(null as string) as campaign_name,
        'meta' as platform,
        'paid_social' as channel,
        cast(null as string) as status,
        4 as rank
    from referred_to
    where campaign_id is not null

),

-- Named by hand only; nothing else is known of it.
overrides as (

    select distinct
        campaign_id,
        cast(null as string) as campaign_name,
        cast(null as string) as platform,
        cast(null as string) as channel,
        cast(null as string) as status,
        5 as rank
    from {{ ref('stg_workspace__campaign_overrides') }}

),

combined as (

    select * from meta
    union all
    select * from marketing
    union all
    select * from costs
    union all
    select * from deleted
    union all
    select * from overrides

),

final as (

    select
        campaign_id,
        min_by(campaign_name, rank) filter (where campaign_name is not null) as campaign_name,
        min_by(platform, rank) filter (where platform is not null) as platform,
        min_by(channel, rank) filter (where channel is not null) as channel,
        min_by(status, rank) filter (where status is not null) as status
    from combined
    group by 1

)

select * from final
