-- What was spent on each day, wherever it landed: Meta's insights and the costs of other networks.
with

ad_days as (

    select * from {{ ref('fct_ad_days') }}

),

costs as (

    select * from {{ ref('stg_marketing__costs') }}

),

categories as (

    select * from {{ ref('int_sources_categorised') }}

),

known_channels as (

    select distinct channel from {{ ref('channel_rules') }}

),

converted as (

    select
        coalesce(costs.campaign_id, costs.cost_source || ':' || costs.campaign_name)
            as campaign_id,
        costs.cost_source,
        costs.channel,
        cast({{ converted('costs.cost', 'costs.currency') }} as double) as spend,
        costs.impressions,
        costs.clicks,
        costs.cost_date as spend_date
    from costs
    {{ join_rates('costs.currency', 'costs.cost_date') }}

),

combined as (

    select
        campaign_id,
        'meta' as platform,
        'paid_social' as channel,
        spend,
        impressions,
        clicks,
        date as spend_date
    from ad_days

    union all

    select
        converted.campaign_id,
        coalesce(categories.platform, converted.cost_source) as platform,
        -- What costs money is paid, whatever its channel is called in the export.
        coalesce(known_channels.channel, case categories.category
            when 'search' then 'paid_search'
            when 'social' then 'paid_social'
            when 'video' then 'paid_video'
            when 'shopping' then 'paid_shopping'
            else 'paid_other'
        end) as channel,
        converted.spend,
        converted.impressions,
        converted.clicks,
        converted.spend_date
    from converted
    left join categories on converted.cost_source = categories.source
    left join known_channels on converted.channel = known_channels.channel

),

final as (

    select
        combined.spend_date,
        combined.campaign_id,
        combined.channel,
        combined.platform,
        {{ exact_sum('combined.spend') }} as spend,
        cast(sum(combined.impressions) as bigint) as impressions,
        cast(sum(combined.clicks) as bigint) as clicks
    from combined
    group by 1, 2, 3, 4

)

select * from final
