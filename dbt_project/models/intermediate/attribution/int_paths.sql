-- Every path of channels with how often it led to a conversion of a goal and how often to none.
with

converted as (

    select
        goal,
        path,
        min(channel_set) as channel_set,
        min(touches) as touches,
        count(*) as conversions,
        coalesce({{ exact_sum('revenue') }}, 0) as revenue,
        percentile_cont(0.5) within group (order by days_to_convert) as median_days_to_convert
    from {{ ref('int_conversion_paths') }}
    group by 1, 2

),

unconverted as (

    select * from {{ ref('int_unconverted_paths') }}

),

final as (

    select
        coalesce(converted.goal, unconverted.goal) as goal,
        coalesce(converted.path, unconverted.path) as path,
        converted.channel_set,
        coalesce(
            converted.touches,
            1 + (length(unconverted.path) - length(replace(unconverted.path, ' > ', ''))) / 3
        ) as touches,
        coalesce(converted.conversions, 0) as conversions,
        coalesce(unconverted.non_conversions, 0) as non_conversions,
        coalesce(converted.revenue, 0) as revenue,
        converted.median_days_to_convert
    from converted
    full join unconverted
        on
            converted.goal = unconverted.goal
            and converted.path = unconverted.path

)

select * from final
