-- Web events of every type that has a stage, in the person of their session. An event outside any
-- session, as servers send them, belongs to the user it names.
with

-- Some trackers write a page view in one word. Only what purchases were worth is kept.
events as (

    select
        event_id,
        visitor_id,
        user_id,
        session_id,
        order_id,
        case when event_type = 'pageview' then 'page_view' else event_type end as event_type,
        case when event_type = 'purchase' then value end as value,
        case when event_type = 'purchase' then currency end as currency,
        occurred_at,
        {{ local_date('occurred_at') }} as occurred_date
    from {{ ref('stg_web__events') }}

),

types as (

    select distinct event_type
    from {{ ref('stg_workspace__stages') }}

),

sessionised as (

    select
        event_id,
        session_id
    from {{ ref('int_events_sessionised') }}

),

sessions as (

    select * from {{ ref('int_journey_sessions') }}

),

duplicates as (

    select event_id from {{ ref('int_journey_duplicate_events') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

orders as (

    select order_id from {{ ref('stg_commerce__orders') }}

),

kept as (

    select
        events.*,
        coalesce(sessionised.session_id, events.session_id) as own_session_id
    from events
    inner join types on events.event_type = types.event_type
    left join sessionised on events.event_id = sessionised.event_id
    left join duplicates on events.event_id = duplicates.event_id
    where duplicates.event_id is null

),

final as (

    select
        'web:' || kept.event_id as event_id,
        coalesce(
            sessions.person_id,
            case when kept.user_id not like '%@%' then kept.user_id end,
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }},
            'event:' || kept.event_id
        ) as person_id,
        coalesce(kept.visitor_id, sessions.visitor_id) as visitor_id,
        sessions.session_id,
        -- An order that has not landed cannot be referred to; the event stays without it.
        orders.order_id,
        sessions.campaign_id,
        kept.event_type,
        sessions.channel,
        {{ converted('kept.value', 'kept.currency') }} as value,
        kept.occurred_date,
        kept.occurred_at
    from kept
    left join sessions on kept.own_session_id = sessions.session_id
    left join emails on lower(trim(kept.user_id)) = emails.email
    left join orders on kept.order_id = orders.order_id
    {{ join_rates('kept.currency', 'kept.occurred_date') }}
    -- Sessions tell of themselves and of the ad that brought them.
    where
        kept.event_type <> 'session'
        and not (kept.event_type = 'ad_click' and coalesce(sessions.is_ad_click, false))

)

select * from final
