{%- set by = {'campaign': 'days.campaign_id', 'channel': 'days.channel'} -%}
-- Persons that messages reached, by window. A person counts once in each, however many messages
-- they had; who opened or clicked does so only in a window in which the step before happened too.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

people as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        days.person_id,
        sum(days.sent) as sent,
        sum(days.seen) as seen,
        sum(days.clicked) as clicked
    from {{ ref('int_metric_message_days') }} as days
    inner join windows on days.date between windows.period_start and windows.period_end
    cross join {{ dimensions(['campaign', 'channel']) }}
    where {{ dimension_value(by) }} is not null
    group by 1, 2, 3, 4, 5, 6

),

with_segments as (

    select * from people

    union all

    select
        people.period,
        people.is_previous,
        people.period_end,
        'segment' as dimension,
        segments.segment as dimension_value,
        people.person_id,
        people.sent,
        people.seen,
        people.clicked
    from people
    inner join {{ ref('rfm') }} as segments on people.person_id = segments.person_id
    where people.dimension = 'all'

),

counted as (

    select
        period,
        is_previous,
        period_end,
        dimension,
        dimension_value,
        count(*) filter (where sent > 0) as persons_sent,
        count(*) filter (where sent > 0 and seen > 0) as persons_opened,
        count(*) filter (where seen > 0) as persons_seen,
        count(*) filter (where seen > 0 and clicked > 0) as persons_clicked,
        sum(seen) as messages_seen
    from with_segments
    group by 1, 2, 3, 4, 5

),

by_times as (

    select
        period,
        is_previous,
        period_end,
        'times_seen' as dimension,
        case when seen < 4 then cast(cast(seen as bigint) as string) else '4+' end
            as dimension_value,
        count(*) as persons_by_times,
        sum(count(*)) over (partition by period, is_previous) as persons_of_any_times
    from people
    where dimension = 'all' and seen > 0
    group by 1, 2, 3, 4, 5

),

final as (

    {{ measures_of('counted', [
        'persons_sent', 'persons_opened', 'persons_seen', 'persons_clicked', 'messages_seen'
    ]) }}

    union all

    {{ measures_of('by_times', ['persons_by_times', 'persons_of_any_times']) }}

)

select * from final
