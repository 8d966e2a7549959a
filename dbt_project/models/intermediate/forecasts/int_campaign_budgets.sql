-- What each campaign may spend in the month of as_of. A daily budget counts for each day of the
-- month that the campaign may run; a budget of the whole flight for the share of its days that
-- fall into the month.
with

settings as (

    select
        as_of,
        currency,
        cast(date_trunc('month', as_of) as date) as month_start,
        cast(last_day(as_of) as date) as month_end
    from {{ ref('stg_workspace__settings') }}

),

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

in_workspace_currency as (

    select
        combined.campaign_id,
        {{ converted('combined.daily_budget', 'combined.currency') }} as daily_budget,
        {{ converted('combined.flight_budget', 'combined.currency') }} as flight_budget,
        {{ local_date('combined.starts_at') }} as first_date,
        {{ local_date('combined.ends_at') }} as last_date,
        settings.month_start,
        settings.month_end
    from combined
    cross join settings
    {{ join_rates('combined.currency', 'settings.as_of') }}

),

days as (

    select
        *,
        {{ days_between(
            'greatest(month_start, coalesce(first_date, month_start))',
            'least(month_end, coalesce(last_date, month_end))'
        ) }} + 1 as days_in_month,
        {{ days_between('first_date', 'last_date') }} + 1 as flight_days
    from in_workspace_currency

),

final as (

    select
        campaign_id,
        case
            when daily_budget is not null then 'daily'
            when flight_budget is not null then 'flight'
        end as budget_kind,
        cast(
            case
                when days_in_month <= 0 then 0
                when daily_budget is not null then daily_budget * days_in_month
                when flight_days > 0 then flight_budget * days_in_month / flight_days
            end as double
        ) as planned,
        cast(
            case
                when daily_budget is not null then daily_budget
                when flight_days > 0 then flight_budget / flight_days
            end as double
        ) as planned_per_day,
        month_start,
        month_end,
        first_date,
        last_date
    from days

)

select * from final
