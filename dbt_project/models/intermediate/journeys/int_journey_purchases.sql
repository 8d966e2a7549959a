-- Orders that count, in the session of the conversion they are, which is the one they were placed
-- in or the last before it.
with

orders as (

    select * from {{ ref('int_orders_converted') }}
    where is_counted

),

identified as (

    select * from {{ ref('int_orders_identified') }}

),

refunds as (

    select * from {{ ref('int_refunds_aggregated_to_orders') }}

),

-- Goals on one order agree on its session, as it has one person and one moment.
matched as (

    select
        conversions.order_id,
        min(matches.session_id) as session_id
    from {{ ref('int_conversions') }} as conversions
    inner join {{ ref('int_conversions_matched_to_sessions') }} as matches
        on conversions.conversion_id = matches.conversion_id
    where conversions.source = 'order'
    group by 1

),

sessions as (

    select * from {{ ref('int_journey_sessions') }}

),

final as (

    select
        'order:' || orders.order_id as event_id,
        identified.person_id,
        coalesce(identified.visitor_id, sessions.visitor_id) as visitor_id,
        sessions.session_id,
        orders.order_id,
        sessions.campaign_id,
        'purchase' as event_type,
        sessions.channel,
        orders.total - case when refunds.refunds is null then 0 else refunds.refunded_value end
            as value,
        orders.order_date as occurred_date,
        orders.ordered_at as occurred_at
    from orders
    inner join identified on orders.order_id = identified.order_id
    left join refunds on orders.order_id = refunds.order_id
    left join matched on orders.order_id = matched.order_id
    left join sessions on coalesce(matched.session_id, orders.session_id) = sessions.session_id

)

select * from final
