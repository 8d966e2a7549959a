{%- set by = {'campaign': 'campaigns.campaign_id', 'channel': 'campaigns.channel'} -%}
-- What every ratio is made of, by window: sums over its days, and counts of persons in it.
with

windows as (

    select * from {{ ref('int_metric_windows') }}

),

settings as (

    select
        as_of,
        headline_model
    from {{ ref('stg_workspace__settings') }}

),

over_days as (

    select
        days.dimension,
        days.dimension_value,
        windows.period,
        windows.is_previous,
        windows.period_end,
        days.measure,
        {{ exact_sum('days.amount') }} as amount
    from {{ ref('int_metric_days') }} as days
    inner join windows on days.date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4, 5, 6

),

spend as (

    select
        campaign_id,
        min(spend_date) as first_date,
        max(spend_date) as last_date
    from {{ ref('int_spend_days') }}
    group by 1

),

-- The days on which a campaign might spend. What is paused now has been active until it last spent;
-- a budget whose spend never lands says nothing of its use.
active_campaigns as (

    select
        budgets.campaign_id,
        campaigns.channel,
        budgets.planned_per_day,
        coalesce(budgets.first_date, spend.first_date) as first_date,
        case
            when campaigns.status is null or campaigns.status = 'active' then budgets.last_date
            else least(
                coalesce(budgets.last_date, spend.last_date), coalesce(
                    spend.last_date, {{ add_days('budgets.first_date', -1) }}
                )
            )
        end as last_date
    from {{ ref('int_campaign_budgets') }} as budgets
    inner join {{ ref('int_campaigns') }} as campaigns
        on budgets.campaign_id = campaigns.campaign_id
    left join spend on budgets.campaign_id = spend.campaign_id
    where
        budgets.planned_per_day is not null
        and (campaigns.platform = 'meta' or spend.campaign_id is not null)

),

planned as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        {{ exact_sum(
            'campaigns.planned_per_day * (' ~ days_between(
                'greatest(windows.period_start, campaigns.first_date)',
                'least(windows.period_end, coalesce(campaigns.last_date, windows.period_end))'
            ) ~ ' + 1)'
        ) }} as planned_budget
    from active_campaigns as campaigns
    inner join windows
        on
            campaigns.first_date <= windows.period_end
            and coalesce(campaigns.last_date, windows.period_start) >= windows.period_start
    cross join {{ dimensions(['campaign', 'channel']) }}
    where {{ dimension_value(by) }} is not null
    group by 1, 2, 3, 4, 5

),

revenue_of_models as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        days.channel,
        days.attribution_model,
        {{ exact_sum('days.revenue') }} as revenue
    from {{ ref('channel_days') }} as days
    inner join windows
        on
            windows.period <> 'day'
            and days.date between windows.period_start and windows.period_end
    where days.channel <> 'unattributed'
    group by 1, 2, 3, 4, 5

),

spread_of_channels as (

    select
        period,
        is_previous,
        period_end,
        'channel' as dimension,
        channel as dimension_value,
        max(revenue) - min(revenue) as spread_revenue,
        max(revenue) filter (where attribution_model = 'linear') as linear_revenue
    from revenue_of_models
    group by 1, 2, 3, 4, 5

),

spread as (

    select * from spread_of_channels

    union all

    select
        period,
        is_previous,
        period_end,
        'all' as dimension,
        'all' as dimension_value,
        {{ exact_sum('spread_revenue') }} as spread_revenue,
        {{ exact_sum('linear_revenue') }} as linear_revenue
    from spread_of_channels
    group by 1, 2, 3, 4, 5

),

-- Published tables are only seen when their run has been published: the run at hand counts as one.
-- A run without news has nothing to publish, and one of selected models is not meant to.
all_runs as (

    select
        outcome,
        run_date
    from {{ ref('stg_workspace__past_runs') }}
    where outcome <> 'partial'

    union all

    select
        'published' as outcome,
        as_of as run_date
    from settings

),

runs as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        'all' as dimension,
        'all' as dimension_value,
        count(*) as runs,
        count(*) filter (where all_runs.outcome in ('published', 'unchanged')) as published_runs
    from all_runs
    cross join settings
    inner join windows
        on
            windows.period = '30d'
            and all_runs.run_date >= windows.period_start
            and all_runs.run_date
            <= case when windows.is_previous then windows.period_end else settings.as_of end
    group by 1, 2, 3, 4, 5

),

final as (

    select * from over_days
    union all
    select * from {{ ref('int_metric_messages') }}
    union all
    select * from {{ ref('int_metric_clicks') }}
    union all
    select * from {{ ref('int_metric_customers') }}
    union all
    {{ measures_of('planned', ['planned_budget']) }}
    union all
    {{ measures_of('spread', ['spread_revenue', 'linear_revenue']) }}
    union all
    {{ measures_of('runs', ['runs', 'published_runs']) }}

)

select * from final
