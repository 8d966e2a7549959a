-- The first event of each type that has a stage of its own for firsts or for repeats. Only those
-- types are looked at, and the earliest moment is found before ids are compared.
with

types as (

    select distinct event_type
    from {{ ref('stg_workspace__stages') }}
    where condition in ('first', 'repeat')

),

events as (

    select
        events.event_id,
        events.person_id,
        events.event_type,
        events.occurred_at
    from {{ ref('int_journey_events') }} as events
    inner join types on events.event_type = types.event_type

),

moments as (

    select
        person_id,
        event_type,
        min(occurred_at) as occurred_at
    from events
    group by 1, 2

),

final as (

    select
        events.person_id,
        events.event_type,
        min(events.event_id) as event_id
    from events
    inner join moments
        on
            events.person_id = moments.person_id
            and events.event_type = moments.event_type
            and events.occurred_at = moments.occurred_at
    group by 1, 2

)

select * from final
