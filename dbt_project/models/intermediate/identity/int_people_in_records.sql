-- Everybody of whom something else than a session or an order tells; some never visited.
with

records as (

    select
        person_id,
        converted_at as seen_at
    from {{ ref('int_conversions') }}

    union all

    select
        person_id,
        submitted_at as seen_at
    from {{ ref('int_forms_identified') }}

    union all

    select
        person_id,
        created_at as seen_at
    from {{ ref('int_leads_identified') }}

    union all

    select
        person_id,
        created_at as seen_at
    from {{ ref('int_feedback_identified') }}

    union all

    select
        person_id,
        created_at as seen_at
    from {{ ref('int_mentions_identified') }}

    union all

    select
        person_id,
        occurred_at as seen_at
    from {{ ref('int_messages_identified') }}

    union all

    -- Those within a session are its person's.
    select
        person_id,
        occurred_at as seen_at
    from {{ ref('int_journey_web_events') }}
    where session_id is null

),

final as (

    select
        person_id,
        person_id not like 'visitor:%'
        and person_id not like 'session:%'
        and person_id not like 'event:%'
        and person_id not like 'form:%'
        and person_id not like 'lead:%'
        and person_id not like 'feedback:%'
        and person_id not like 'guest:%' as is_identified,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from records
    where person_id is not null
    group by 1

)

select * from final
