-- The channels each conversion came by, first to last.
with

credits as (

    select * from {{ ref('int_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_attributed_conversions') }}

),

paths as (

    select
        conversion_id,
        {{ joined_text('channel', ' > ', 'touch_index') }} as path,
        {{ joined_distinct_text('channel', ',') }} as channel_set,
        count(*) as touches,
        min(touched_at) as first_touched_at
    from credits
    group by 1

),

final as (

    select
        paths.conversion_id,
        conversions.goal,
        paths.path,
        paths.channel_set,
        paths.touches,
        case when conversions.counts_as_revenue then conversions.value end as revenue,
        {{ seconds_between('paths.first_touched_at', 'conversions.converted_at') }} / 86400.0
            as days_to_convert
    from paths
    inner join conversions on paths.conversion_id = conversions.conversion_id

)

select * from final
