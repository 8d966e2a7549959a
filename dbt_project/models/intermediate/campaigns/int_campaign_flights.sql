-- What each campaign may spend a day or over its flight, and when it runs, as last landed.
with

insights as (

    select
        campaign_id,
        max(currency) as currency
    from {{ ref('stg_meta_ads__insights') }}
    group by 1

),

currencies as (

    select
        campaigns.campaign_id,
        insights.currency,
        -- Meta tells budgets in the smallest unit of the account's currency; these have no
        -- smaller one there ("offset 1" in its table of currencies).
        case
            when
                insights.currency in (
                    'CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND'
                )
                then 1
            else 100
        end as smallest_units
    from {{ ref('stg_meta_ads__campaigns') }} as campaigns
    left join insights on campaigns.campaign_id = insights.campaign_id

),

ad_sets as (

    select
        campaign_id,
        sum(daily_budget) as daily_budget,
        sum(lifetime_budget) as lifetime_budget,
        min(starts_at) as starts_at,
        -- One that has no end keeps the campaign without one.
        case when count(*) = count(ends_at) then max(ends_at) end as ends_at
    from {{ ref('stg_meta_ads__adsets') }}
    where coalesce(effective_status, status, 'active') = 'active'
    group by 1

),

-- The budget is the campaign's, or else its ad sets'; Meta writes 0 where there is none.
meta as (

    select
        campaigns.campaign_id,
        campaigns.objective,
        coalesce(campaigns.effective_status, campaigns.status) as status,
        coalesce(nullif(campaigns.daily_budget, 0), nullif(ad_sets.daily_budget, 0))
        / currencies.smallest_units as daily_budget,
        coalesce(nullif(campaigns.lifetime_budget, 0), nullif(ad_sets.lifetime_budget, 0))
        / currencies.smallest_units as flight_budget,
        currencies.currency,
        coalesce(campaigns.starts_at, ad_sets.starts_at) as starts_at,
        coalesce(campaigns.ends_at, ad_sets.ends_at) as ends_at
    from {{ ref('stg_meta_ads__campaigns') }} as campaigns
    left join ad_sets on campaigns.campaign_id = ad_sets.campaign_id
    left join currencies on campaigns.campaign_id = currencies.campaign_id

),

combined as (

    select * from meta

    union all

    select
        campaign_id,
        campaign_type as objective,
        status,
        null as daily_budget,
        nullif(budget, 0) as flight_budget,
        null as currency,
        starts_at,
        ends_at
    from {{ ref('stg_marketing__campaigns') }}
    where
        campaign_id not in (
            select meta.campaign_id
            from meta
        )

),

final as (

    select
        combined.campaign_id,
        combined.objective,
        combined.status,
        {{ converted('combined.daily_budget', 'combined.currency') }} as daily_budget,
        {{ converted('combined.flight_budget', 'combined.currency') }} as flight_budget,
        coalesce(combined.status, 'active') in (
            'paused', 'archived', 'deleted', 'completed', 'ended', 'canceled', 'cancelled'
        ) as is_stopped,
        {{ local_date('combined.starts_at') }} as first_date,
        {{ local_date('combined.ends_at') }} as last_date
    from combined
    {{ join_rates('combined.currency', setting('as_of')) }}

)

select * from final
