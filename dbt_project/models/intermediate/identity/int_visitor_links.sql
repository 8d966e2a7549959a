-- Every moment at which something tied a visitor to a person.
with

emails as (

    select * from {{ ref('int_emails') }}

),

-- Trackers are told a customer id or, by some shops, the email itself.
logins as (

    select
        {{ visitor_key('visitor_id', 'session_id') }} as visitor_key,
        user_id,
        occurred_at as linked_at
    from {{ ref('stg_web__events') }}
    where user_id is not null

    union all

    select
        {{ visitor_key('visitor_id', 'session_id') }} as visitor_key,
        user_id,
        started_at as linked_at
    from {{ ref('stg_web__sessions') }}
    where user_id is not null

),

sessions as (

    select
        session_id,
        visitor_id
    from {{ ref('int_sessions') }}

),

orders as (

    select
        {{ visitor_key('coalesce(orders.visitor_id, sessions.visitor_id)', 'sessions.session_id') }}
            as visitor_key,
        orders.customer_id,
        orders.email,
        orders.email_hash,
        orders.created_at as linked_at
    from {{ ref('stg_commerce__orders') }} as orders
    left join sessions on orders.session_id = sessions.session_id

),

forms as (

    select
        {{ visitor_key('coalesce(forms.visitor_id, sessions.visitor_id)', 'sessions.session_id') }}
            as visitor_key,
        forms.customer_id,
        forms.email,
        forms.email_hash,
        forms.submitted_at as linked_at
    from {{ ref('stg_crm__form_submissions') }} as forms
    left join sessions on forms.session_id = sessions.session_id

),

identified as (

    select
        logins.visitor_key,
        logins.user_id as person_id,
        logins.linked_at
    from logins
    where logins.user_id not like '%@%'

    union all

    -- An email given as the user id links only when an order, form or customer knows it too:
    -- only those carry the salted hash that an id may be made of.
    select
        logins.visitor_key,
        {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }}
            as person_id,
        logins.linked_at
    from logins
    inner join emails on lower(trim(logins.user_id)) = emails.email
    where logins.user_id like '%@%'

    union all

    select
        known.visitor_key,
        {{ person_id('known.customer_id', 'emails.customer_id', 'known.email_hash') }} as person_id,
        known.linked_at
    from (
        select * from orders
        union all
        select * from forms
    ) as known
    left join emails on known.email = emails.email

),

final as (

    select
        visitor_key,
        person_id,
        linked_at
    from identified
    where visitor_key is not null and person_id is not null
    group by 1, 2, 3

)

select * from final
