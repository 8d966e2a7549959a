-- Whether the figures can be trusted: how late rows come, how right models are, how long queries of
-- pages take. These are told by the pipeline, not by the shop.
with

windows as (

    select * from {{ ref('int_metric_windows') }}

),

settings as (

    select as_of_end from {{ ref('stg_workspace__settings') }}

),

-- What was written after the run's day is history that was loaded later, not late.
files as (

    select
        files.source_table,
        files.file_index,
        files.landed_at
    from {{ ref('stg_ingest__files') }} as files
    cross join settings
    where files.landed_at <= settings.as_of_end

),

recent as (

    select
        arrivals.source_table,
        arrivals.happened_at,
        files.landed_at
    from {{ ref('stg_ingest__arrivals') }} as arrivals
    cross join settings
    inner join files
        on
            arrivals.source_table = files.source_table
            and arrivals.file_index = files.file_index
    -- Two windows of 7 days, the day that is not over, and one for the time zone.
    where arrivals.happened_at >= {{ add_days('settings.as_of_end', -16) }}

),

arrivals as (

    select
        source_table,
        {{ local_date('happened_at') }} as date,
        {{ seconds_between('happened_at', 'landed_at') }} / 60.0 as minutes
    from recent

),

sources as (

    select
        arrivals.source_table,
        windows.period,
        windows.is_previous,
        windows.period_end,
        cast(count(*) as double) as arrived_rows,
        cast(percentile_cont(0.95) within group (order by arrivals.minutes) as double) as minutes
    from arrivals
    inner join windows
        on
            windows.period in ('1d', '7d')
            and arrivals.date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4

),

freshness as (

    select
        'data_freshness' as metric,
        'source' as dimension,
        source_table as dimension_value,
        period,
        is_previous,
        period_end,
        cast(null as double) as numerator,
        arrived_rows as denominator,
        minutes as value,
        '95th percentile of rows' as note,
        cast(null as string) as why_null
    from sources

    union all

    -- A page is as fresh as the source that comes last.
    select
        'data_freshness' as metric,
        'all' as dimension,
        'all' as dimension_value,
        period,
        is_previous,
        period_end,
        null as numerator,
        cast(sum(arrived_rows) as double) as denominator,
        max(minutes) as value,
        '95th percentile of the slowest source' as note,
        null as why_null
    from sources
    group by period, is_previous, period_end

),

in_service as (

    select
        score_type,
        model
    from {{ ref('model_performance') }}
    where metric = 'is_in_service' and value = 1

),

areas as (

    select
        performance.score_type,
        performance.model,
        performance.value,
        performance.why_not,
        performance.window_start,
        performance.window_end,
        in_service.model is not null as is_in_service
    from {{ ref('model_performance') }} as performance
    left join in_service
        on
            performance.score_type = in_service.score_type
            and performance.model = in_service.model
    where performance.metric = 'auc'

),

all_areas as (

    select
        'model' as dimension,
        score_type || ': ' || model as dimension_value,
        areas.*
    from areas

    union all

    select
        'all' as dimension,
        'all' as dimension_value,
        areas.*
    from areas
    where is_in_service and score_type = 'churn_probability'

),

accuracy as (

    select
        'model_accuracy' as metric,
        areas.dimension,
        areas.dimension_value,
        windows.period,
        windows.is_previous,
        windows.period_end,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        areas.value,
        areas.model || ', judged on ' || cast(areas.window_start as string) || ' to '
        || cast(areas.window_end as string) as note,
        areas.why_not as why_null
    from all_areas as areas
    inner join windows on windows.period = '90d' and not windows.is_previous

),

query_costs as (

    select
        'cost_per_query' as metric,
        dimensions.dimension,
        {{ dimension_value({'query': 'costs.query'}) }} as dimension_value,
        windows.period,
        windows.is_previous,
        windows.period_end,
        cast(null as double) as numerator,
        cast(count(costs.seconds) as double) as denominator,
        cast(median(costs.seconds) as double) as value,
        'measured on the file published before' as note,
        case when count(costs.seconds) = 0 then min(costs.why_not) end as why_null
    from {{ ref('stg_workspace__query_costs') }} as costs
    inner join windows on windows.period = '1d' and not windows.is_previous
    cross join {{ dimensions(['query']) }}
    group by 1, 2, 3, 4, 5, 6

),

combined as (

    select * from freshness
    union all
    select * from accuracy
    union all
    select * from query_costs

),

final as (

    select
        metric,
        dimension,
        dimension_value,
        period,
        is_previous,
        period_end,
        numerator,
        denominator,
        value,
        cast(null as double) as lower,
        cast(null as double) as upper,
        note,
        why_null
    from combined

)

select * from final
