-- Sessions for the events whose session the tracker did not deliver. An event that names one
-- keeps it, and one that falls into a delivered session of its visitor belongs to that; the
-- others are cut after an idle pause or when a new campaign brings the visitor.
with

events as (

    select
        events.event_id,
        events.visitor_id,
        events.session_id,
        events.occurred_at,
        {{ campaign_marker('events') }} as campaign_marker
    from {{ ref('stg_web__events') }} as events
    left join {{ ref('stg_web__sessions') }} as sessions
        on events.session_id = sessions.session_id
    where
        sessions.session_id is null
        and (events.visitor_id is not null or events.session_id is not null)

),

-- Servers send events without knowing the session; a session of its own would take the credit
-- from the campaign that brought the visitor.
within_delivered as (

    select
        events.event_id,
        events.visitor_id,
        sessions.session_id,
        events.occurred_at
    from events
    inner join {{ ref('stg_web__sessions') }} as sessions
        on
            events.visitor_id = sessions.visitor_id
            and events.occurred_at >= sessions.started_at
            and {{ seconds_between(
                'coalesce(sessions.ended_at, sessions.started_at)', 'events.occurred_at'
            ) }} <= 60 * {{ setting('idle_minutes') }}
    where events.session_id is null
    qualify
        row_number() over (
            partition by events.event_id order by sessions.started_at desc, sessions.session_id desc
        ) = 1

),

undelivered as (

    select events.*
    from events
    left join within_delivered on events.event_id = within_delivered.event_id
    where events.session_id is null and within_delivered.event_id is null

),

with_pauses as (

    select
        *,
        case
            when {{ seconds_between(
                'lag(occurred_at) over (partition by visitor_id order by occurred_at, event_id)',
                'occurred_at'
            ) }} > 60 * {{ setting('idle_minutes') }} then 1
            else 0
        end as follows_pause
    from undelivered

),

with_visits as (

    select
        *,
        sum(follows_pause) over (
            partition by visitor_id order by occurred_at, event_id
            rows between unbounded preceding and current row
        ) as visit_index
    from with_pauses

),

-- Only events that carry a campaign are compared, with the one before them that does.
with_previous_campaigns as (

    select
        *,
        lag(campaign_marker) over (
            partition by visitor_id, visit_index, campaign_marker is null
            order by occurred_at, event_id
        ) as previous_marker
    from with_visits

),

with_campaign_changes as (

    select
        *,
        case when campaign_marker <> coalesce(previous_marker, '') then 1 else 0 end
            as brings_campaign
    from with_previous_campaigns

),

with_sessions as (

    select
        *,
        sum(brings_campaign) over (
            partition by visitor_id, visit_index order by occurred_at, event_id
            rows between unbounded preceding and current row
        ) as session_index
    from with_campaign_changes

),

derived as (

    select
        event_id,
        visitor_id,
        'derived:' || first_value(event_id) over (
            partition by visitor_id, visit_index, session_index order by occurred_at, event_id
        ) as session_id,
        occurred_at
    from with_sessions

),

combined as (

    select
        event_id,
        visitor_id,
        session_id,
        occurred_at,
        false as is_delivered
    from derived

    union all

    select
        event_id,
        visitor_id,
        session_id,
        occurred_at,
        false as is_delivered
    from events
    where session_id is not null

    union all

    select
        event_id,
        visitor_id,
        session_id,
        occurred_at,
        true as is_delivered
    from within_delivered

),

final as (

    select
        *,
        row_number() over (partition by session_id order by occurred_at, event_id) = 1 as is_first
    from combined

)

select * from final
