-- When each person first and last showed each stage. What merely was sent to them shows none.
with

events as (

    select * from {{ ref('fct_journey_events') }}
    where stage is not null

),

final as (

    select
        person_id,
        stage_index,
        stage,
        min(occurred_at) as first_event_at,
        max(occurred_at) as last_event_at
    from events
    group by 1, 2, 3

)

select * from final
