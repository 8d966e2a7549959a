-- How many days of each window a source has told of. Ads and visits are told of day by day; of
-- orders and messages a day without any may be a quiet one, so that theirs reach from the first to
-- the last.
with

windows as (

    select * from {{ ref('int_metric_windows') }}

),

days as (

    select distinct
        case measure when 'spend' then 'spend' else 'web' end as data_source,
        date
    from {{ ref('int_metric_days') }}
    where dimension = 'all' and measure in ('spend', 'sessions')

),

spans as (

    select
        'orders' as data_source,
        min(date) as first_date,
        max(date) as last_date
    from {{ ref('int_metric_days') }}
    where dimension = 'all' and measure = 'paid_orders'

    union all

    select
        'messages' as data_source,
        min(date) as first_date,
        max(date) as last_date
    from {{ ref('int_metric_message_days') }}

),

counted as (

    select
        days.data_source,
        windows.period,
        windows.is_previous,
        windows.period_end,
        count(*) as days_with_data
    from days
    inner join windows on days.date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4

    union all

    select
        spans.data_source,
        windows.period,
        windows.is_previous,
        windows.period_end,
        {{ days_between(
            'greatest(spans.first_date, windows.period_start)',
            'least(spans.last_date, windows.period_end)'
        ) }} + 1 as days_with_data
    from spans
    inner join windows
        on
            spans.first_date <= windows.period_end
            and spans.last_date >= windows.period_start

),

sources as (

    select data_source
    from (
        values
        ('spend'),
        ('web'),
        ('orders'),
        ('messages')
    ) as known (data_source)

),

final as (

    select
        sources.data_source,
        windows.period,
        windows.is_previous,
        windows.period_end,
        windows.days as expected_days,
        cast(coalesce(counted.days_with_data, 0) as bigint) as days_with_data
    from sources
    cross join windows
    left join counted
        on
            sources.data_source = counted.data_source
            and windows.period = counted.period
            and windows.is_previous = counted.is_previous
            and windows.period_end = counted.period_end

)

select * from final
