-- The channels each conversion came by, first to last.
with

credits as (

    select * from {{ ref('int_touch_credits') }}
    where touchpoint_id is not null

),

final as (

    select
        conversion_id,
        min(goal) as goal,
        {{ joined_text('channel', ' > ', 'touch_index') }} as path,
        {{ joined_distinct_text('channel', ',') }} as channel_set,
        count(*) as touches,
        min(case when counts_as_revenue then value end) as revenue,
        {{ seconds_between('min(touched_at)', 'min(converted_at)') }} / 86400.0 as days_to_convert
    from credits
    group by 1

)

select * from final
