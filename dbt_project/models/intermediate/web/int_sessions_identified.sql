-- Whose session it was: the user the tracker named in it, else the person its visitor was
-- linked to at the time, else the visitor itself.
with

sessions as (

    select
        *,
        {{ visitor_key('visitor_id', 'session_id') }} as visitor_key
    from {{ ref('int_sessions') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

joined as (

    select
        sessions.session_id,
        sessions.visitor_id,
        coalesce(
            case when sessions.user_id not like '%@%' then sessions.user_id end,
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }},
            intervals.person_id
        ) as known_person_id,
        sessions.country,
        sessions.started_at
    from sessions
    left join emails on lower(trim(sessions.user_id)) = emails.email
    left join intervals
        on
            sessions.visitor_key = intervals.visitor_key
            and sessions.started_at >= intervals.valid_from
            and sessions.started_at < intervals.valid_to

),

final as (

    select
        session_id,
        visitor_id,
        coalesce(known_person_id, 'visitor:' || visitor_id, 'session:' || session_id)
            as person_id,
        known_person_id is not null as is_identified,
        country,
        started_at
    from joined

)

select * from final
