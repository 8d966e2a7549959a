with

journeys as (

    select
        *,
        days_since_last_event >= {{ customer_setting('journeys_stalled_days') }} as is_stalled
    from {{ ref('int_journeys') }}

),

counted as (

    select
        stage,
        stage_index,
        last_event_type,
        count(*) as persons,
        count(*) filter (where is_stalled) as stalled_persons,
        percentile_cont(0.5) within group (order by days_since_last_event)
            as median_days_since_last_event
    from journeys
    group by 1, 2, 3

),

final as (

    select
        ---------- strings
        stage,
        last_event_type,

        ---------- numerics
        stage_index,
        persons,
        stalled_persons,
        {{ safe_divide('persons', 'sum(persons) over (partition by stage)') }}
            as share_of_stage,
        cast(median_days_since_last_event as double) as median_days_since_last_event

    from counted

)

select * from final
