-- Whose order it is. An order that names nobody is a guest of its own: guests are never
-- merged because a field is empty.
with

orders as (

    select
        orders.order_id,
        orders.customer_id,
        orders.email,
        orders.email_hash,
        coalesce(orders.visitor_id, sessions.visitor_id) as visitor_id,
        sessions.person_id as session_person_id,
        coalesce(sessions.is_identified, false) as is_session_identified,
        orders.created_at as ordered_at
    from {{ ref('stg_commerce__orders') }} as orders
    left join {{ ref('int_sessions_identified') }} as sessions
        on orders.session_id = sessions.session_id

),

emails as (

    select * from {{ ref('int_emails') }}

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

final as (

    select
        orders.order_id,
        orders.visitor_id,
        coalesce(
            {{ person_id('orders.customer_id', 'emails.customer_id', 'orders.email_hash') }},
            intervals.person_id,
            'visitor:' || orders.visitor_id,
            orders.session_person_id,
            'guest:' || orders.order_id
        ) as person_id,
        orders.customer_id is not null
        or orders.email is not null
        or intervals.person_id is not null
        or (orders.visitor_id is null and orders.is_session_identified) as is_identified,
        orders.ordered_at
    from orders
    left join emails on orders.email = emails.email
    left join intervals
        on
            orders.visitor_id = intervals.visitor_key
            and orders.ordered_at >= intervals.valid_from
            and orders.ordered_at < intervals.valid_to

)

select * from final
