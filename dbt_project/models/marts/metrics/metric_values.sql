with

dictionary as (

    select * from {{ ref('dictionary') }}

),

windows as (

    select * from {{ ref('int_metric_windows') }}

),

settings as (

    select
        as_of,
        headline_model
    from {{ ref('stg_workspace__settings') }}

),

sides as (

    select
        metric,
        numerator as measure,
        true as is_numerator
    from dictionary
    where numerator is not null

    union all

    select
        metric,
        denominator as measure,
        false as is_numerator
    from dictionary
    where denominator is not null

),

ratio_sums as (

    select
        sides.metric,
        measures.dimension,
        measures.dimension_value,
        measures.period,
        measures.is_previous,
        measures.period_end,
        max(measures.amount) filter (where sides.is_numerator) as numerator,
        max(measures.amount) filter (where not sides.is_numerator) as denominator,
        count(*) filter (where sides.is_numerator and measures.amount is null) > 0 as is_unknown
    from {{ ref('int_metric_measures') }} as measures
    inner join sides on measures.measure = sides.measure
    group by 1, 2, 3, 4, 5, 6

),

ratios as (

    select
        sums.metric,
        sums.dimension,
        sums.dimension_value,
        sums.period,
        sums.is_previous,
        sums.period_end,
        -- What has no row came to nothing; what has one without an amount is unknown.
        case
            when sums.denominator <> 0 and not sums.is_unknown then coalesce(sums.numerator, 0)
            else sums.numerator
        end as numerator,
        -- A sum is told over 1.
        case when dictionary.denominator is null then 1 else sums.denominator end as denominator,
        cast(null as double) as value,
        cast(null as double) as lower,
        cast(null as double) as upper,
        cast(null as string) as note,
        case when sums.is_unknown then 'an amount is unknown' end as why_null
    from ratio_sums as sums
    inner join dictionary on sums.metric = dictionary.metric

),

figures as (

    select * from ratios
    union all
    select * from {{ ref('int_metric_first_purchases') }}
    union all
    select * from {{ ref('int_metric_margins') }}
    union all
    select * from {{ ref('int_metric_paybacks') }}
    union all
    select * from {{ ref('int_metric_increments') }}
    union all
    select * from {{ ref('int_metric_health') }}

),

valued as (

    select
        figures.metric,
        figures.dimension,
        figures.dimension_value,
        figures.period,
        figures.is_previous,
        figures.period_end,
        figures.numerator,
        figures.denominator,
        figures.lower,
        figures.upper,
        figures.note,
        figures.why_null,
        case
            when figures.why_null is null
                then coalesce(
                    figures.value, {{ safe_divide('figures.numerator', 'figures.denominator') }}
                )
        end as value
    from figures

),

-- Every metric has its periods of all, even where nothing is known of it.
expected as (

    select
        dictionary.metric,
        'all' as dimension,
        'all' as dimension_value,
        windows.period,
        windows.period_end
    from dictionary
    cross join windows
    where
        not windows.is_previous
        and windows.period <> 'day'
        and instr(', ' || dictionary.windows || ',', ', ' || windows.period || ',') > 0
        and dictionary.dimensions not in ('times_seen')

    union

    select
        valued.metric,
        valued.dimension,
        valued.dimension_value,
        valued.period,
        valued.period_end
    from valued
    inner join dictionary on valued.metric = dictionary.metric
    where
        not valued.is_previous
        and instr(', ' || dictionary.windows || ',', ', ' || valued.period || ',') > 0
        and instr(', ' || dictionary.dimensions || ',', ', ' || valued.dimension || ',') > 0

),

joined as (

    select
        expected.metric,
        expected.dimension,
        expected.dimension_value,
        expected.period,
        windows.period_start,
        expected.period_end,
        dictionary.unit,
        current_figures.value,
        current_figures.numerator,
        current_figures.denominator,
        current_figures.lower,
        current_figures.upper,
        previous_figures.value as previous_value,
        case
            when dictionary.metric = 'data_freshness' then 60 * targets.target_hours
            else dictionary.target
        end as target,
        dictionary.healthy_low,
        dictionary.healthy_high,
        -- Nine days of ten; what no source is expected for is as complete as it gets.
        coalesce(10 * coverage.days_with_data >= 9 * coverage.expected_days, true) as is_complete,
        coalesce(10 * earlier.days_with_data >= 9 * earlier.expected_days, true)
            as is_previous_complete,
        concat_ws(
            '; ',
            case when dictionary.is_credited then 'credited by ' || settings.headline_model end,
            case when expected.dimension_value = 'to date' then 'to date' end,
            current_figures.note
        ) as note,
        current_figures.why_null,
        dictionary.no_value_means,
        settings.as_of
    from expected
    inner join dictionary on expected.metric = dictionary.metric
    inner join windows
        on
            expected.period = windows.period
            and expected.period_end = windows.period_end
            and not windows.is_previous
    cross join settings
    left join valued as current_figures
        on
            expected.metric = current_figures.metric
            and expected.dimension = current_figures.dimension
            and expected.dimension_value = current_figures.dimension_value
            and expected.period = current_figures.period
            and expected.period_end = current_figures.period_end
            and not current_figures.is_previous
    left join valued as previous_figures
        on
            expected.metric = previous_figures.metric
            and expected.dimension = previous_figures.dimension
            and expected.dimension_value = previous_figures.dimension_value
            and expected.period = previous_figures.period
            and previous_figures.is_previous
    left join {{ ref('int_metric_coverage') }} as coverage
        on
            dictionary.data_source = coverage.data_source
            and expected.period = coverage.period
            and expected.period_end = coverage.period_end
            and not coverage.is_previous
    left join {{ ref('int_metric_coverage') }} as earlier
        on
            dictionary.data_source = earlier.data_source
            and expected.period = earlier.period
            and earlier.is_previous
    left join {{ ref('stg_workspace__freshness_targets') }} as targets
        on expected.dimension_value = targets.source_table

),

compared as (

    select
        *,
        -- Half a period is no less than a whole one.
        case
            when is_complete and is_previous_complete
                then (value - previous_value) / nullif(abs(previous_value), 0)
        end as change
    from joined

),

final as (

    select
        ---------- ids
        metric,
        dimension,
        dimension_value,
        period,

        ---------- strings
        unit,
        case
            when change > 0.01 then 'up'
            when change < -0.01 then 'down'
            when change is not null then 'flat'
        end as trend,
        case
            when value < healthy_low then 'below'
            when value > healthy_high then 'above'
            when value is not null and coalesce(healthy_low, healthy_high) is not null then 'within'
        end as health,
        nullif(note, '') as note,
        case
            when value is null
                then coalesce(why_null, no_value_means)
        end as why_null,

        ---------- numerics
        value,
        numerator,
        denominator,
        lower,
        upper,
        previous_value,
        change,
        target,

        ---------- booleans
        is_complete,

        ---------- dates
        period_start,
        period_end,
        as_of

    from compared

)

select * from final
