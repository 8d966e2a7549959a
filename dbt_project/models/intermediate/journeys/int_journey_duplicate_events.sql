-- Web events that tell again what an order or a form submission tells. The record knows more and
-- is always there, so it is the event that is passed over.
with

events as (

    select
        events.event_id,
        events.event_type,
        events.order_id,
        events.visitor_id,
        events.session_id as stated_session_id,
        coalesce(sessionised.session_id, events.session_id) as session_id,
        lower(trim(events.user_id)) as user_email,
        case when events.user_id not like '%@%' then events.user_id end as user_customer_id,
        events.occurred_at
    from {{ ref('stg_web__events') }} as events
    left join {{ ref('int_events_sessionised') }} as sessionised
        on events.event_id = sessionised.event_id
    where events.event_type in ('purchase', 'form_submit')

),

orders as (

    select order_id from {{ ref('stg_commerce__orders') }}

),

-- An order that never landed still is one purchase, however often its event was sent.
purchases as (

    select events.event_id
    from events
    left join orders on events.order_id = orders.order_id
    where events.event_type = 'purchase' and events.order_id is not null
    qualify
        orders.order_id is not null
        or row_number() over (
            partition by events.order_id order by events.occurred_at, events.event_id
        ) > 1

),

emails as (

    select * from {{ ref('int_emails') }}

),

forms as (

    select * from {{ ref('int_forms_identified') }}

),

form_events as (

    select
        events.*,
        coalesce(
            events.user_customer_id,
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }}
        ) as user_person_id
    from events
    left join emails on events.user_email = emails.email
    where events.event_type = 'form_submit'

),

-- Both name the session.
of_session as (

    select form_events.event_id
    from form_events
    inner join forms on form_events.session_id = forms.session_id

),

-- One of them does not, but they share the visitor and the moment.
of_visitor as (

    select form_events.event_id
    from form_events
    inner join forms
        on
            form_events.visitor_id = forms.visitor_id
            and abs({{ seconds_between('form_events.occurred_at', 'forms.submitted_at') }})
            <= 60 * {{ setting('idle_minutes') }}
    where form_events.stated_session_id is null or forms.session_id is null

),

-- A server that knows neither browser nor session still may know who it was.
of_user as (

    select form_events.event_id
    from form_events
    inner join forms
        on
            form_events.user_person_id = forms.person_id
            and abs({{ seconds_between('form_events.occurred_at', 'forms.submitted_at') }})
            <= 60 * {{ setting('idle_minutes') }}
    where form_events.session_id is null

),

final as (

    select event_id from purchases
    union
    select event_id from of_session
    union
    select event_id from of_visitor
    union
    select event_id from of_user

)

select * from final
