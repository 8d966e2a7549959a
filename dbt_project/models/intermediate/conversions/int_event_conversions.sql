with

goals as (

    select
        goals.goal,
        goals.conversion_type,
        bool_or(conditions.goal is not null) as names_event_type
    from {{ ref('stg_workspace__goals') }} as goals
    left join {{ ref('stg_workspace__goal_conditions') }} as conditions
        on
            goals.goal = conditions.goal
            and conditions.field = 'event_type'
            and conditions.operator = '=='
    where goals.source = 'event'
    group by 1, 2

),

-- Only the types some goal asks for are looked at, unless a goal asks for any type.
wanted_types as (

    select distinct lower(trim(conditions.value_text)) as event_type
    from {{ ref('stg_workspace__goal_conditions') }} as conditions
    where conditions.field = 'event_type' and conditions.operator = '=='

),

events as (

    select
        *,
        {{ local_date('occurred_at') }} as event_date
    from {{ ref('stg_web__events') }}
    where
        event_type in (
            select wanted_types.event_type
            from wanted_types
        )
        or (
            select count(*) from goals
            where not goals.names_event_type
        ) > 0

),

met as (

    {{ rows_meeting_goals(
        'events', 'event_id', 'event',
        columns={
            'event_id': 'event_id', 'event_type': 'event_type', 'timestamp': 'occurred_at',
            'visitor_id': 'visitor_id', 'user_id': 'user_id', 'session_id': 'session_id',
            'page_url': 'page_url', 'referrer': 'referrer', 'utm_source': 'utm_source',
            'utm_medium': 'utm_medium', 'utm_campaign': 'utm_campaign',
            'utm_content': 'utm_content', 'utm_term': 'utm_term', 'click_id': 'click_id',
            'value': 'value', 'currency': 'currency', 'order_id': 'order_id',
            'properties': 'properties', 'context': 'context',
        },
        paths={'properties': json_text, 'context': json_text},
        typed_by='event_type'
    ) }}

),

-- A purchase event and its order are one conversion, and the order knows what it is worth.
landed_orders as (

    select order_id from {{ ref('stg_commerce__orders') }}
    where
        (
            select count(*) from {{ ref('stg_workspace__goals') }} as goals
            where goals.source = 'order' and goals.conversion_type = 'purchase'
        ) > 0

),

-- An order that never landed still is one purchase, however often its event was sent.
counted as (

    select
        met.goal,
        met.value_text,
        events.*
    from met
    inner join events on met.event_id = events.event_id
    inner join goals on met.goal = goals.goal
    left join landed_orders on events.order_id = landed_orders.order_id
    where landed_orders.order_id is null or goals.conversion_type <> 'purchase'
    qualify
        row_number() over (
            partition by
                met.goal,
                case
                    when goals.conversion_type = 'purchase' and events.order_id is not null
                        then 'order:' || events.order_id
                    else 'event:' || events.event_id
                end
            order by events.occurred_at, events.event_id
        ) = 1

),

orders as (

    select order_id from {{ ref('stg_commerce__orders') }}

),

sessionised as (

    select
        event_id,
        session_id
    from {{ ref('int_events_sessionised') }}

),

sessions as (

    select
        session_id,
        visitor_id,
        person_id
    from {{ ref('int_sessions_identified') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

final as (

    select
        counted.goal,
        counted.goal || ':' || counted.event_id as conversion_id,
        -- An order that has not landed cannot be referred to; the event stays without it.
        orders.order_id,
        coalesce(
            case when counted.user_id not like '%@%' then counted.user_id end,
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }},
            intervals.person_id,
            'visitor:' || counted.visitor_id,
            sessions.person_id,
            'event:' || counted.event_id
        ) as person_id,
        coalesce(counted.visitor_id, sessions.visitor_id) as visitor_id,
        coalesce(sessionised.session_id, counted.session_id) as session_id,
        cast(null as string) as campaign_id,
        cast(null as string) as ad_set_id,
        cast(null as string) as ad_id,
        coalesce(counted.currency, {{ setting('currency') }}) as original_currency,
        {{ converted('try_cast(counted.value_text as decimal(18, 6))', 'counted.currency') }}
            as field_value,
        cast(0 as decimal(18, 6)) as refunded_value,
        counted.occurred_at as converted_at
    from counted
    left join orders on counted.order_id = orders.order_id
    left join sessionised on counted.event_id = sessionised.event_id
    left join sessions on coalesce(sessionised.session_id, counted.session_id) = sessions.session_id
    left join emails on lower(trim(counted.user_id)) = emails.email
    left join intervals
        on
            counted.visitor_id = intervals.visitor_key
            and counted.occurred_at >= intervals.valid_from
            and counted.occurred_at < intervals.valid_to
    {{ join_rates('counted.currency', 'counted.event_date') }}

)

select * from final
