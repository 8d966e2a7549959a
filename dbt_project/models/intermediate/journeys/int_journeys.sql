-- How far each person came, what brought them first and what they did last.
with

reached as (

    select
        person_id,
        max(stage_index) as stage_index,
        max(last_event_at) as last_event_at
    from {{ ref('int_stages_reached') }}
    group by 1

),

stages as (

    select * from {{ ref('int_journey_stages') }}

),

events as (

    select
        event_id,
        person_id,
        event_type,
        occurred_date,
        occurred_at
    from {{ ref('fct_journey_events') }}
    where stage is not null

),

last_events as (

    select
        events.person_id,
        max_by(events.event_type, events.event_id) as event_type,
        max(events.occurred_date) as occurred_date
    from events
    inner join reached
        on
            events.person_id = reached.person_id
            and events.occurred_at = reached.last_event_at
    group by 1

),

buyers as (

    select distinct person_id
    from {{ ref('fct_journey_events') }}
    where event_type = 'purchase'

),

-- Coming back from a payment or login page says nothing of what brought them.
first_sessions as (

    select
        person_id,
        channel
    from {{ ref('int_journey_sessions') }}
    qualify
        row_number() over (
            partition by person_id order by is_redirect, started_at, session_id
        ) = 1

),

final as (

    select
        reached.person_id,
        coalesce(first_sessions.channel, 'none') as first_channel,
        stages.stage,
        reached.stage_index,
        buyers.person_id is not null as is_buyer,
        last_events.event_type as last_event_type,
        {{ days_between('last_events.occurred_date', setting('as_of')) }} as days_since_last_event
    from reached
    inner join stages on reached.stage_index = stages.stage_index
    inner join last_events on reached.person_id = last_events.person_id
    left join buyers on reached.person_id = buyers.person_id
    left join first_sessions on reached.person_id = first_sessions.person_id

)

select * from final
