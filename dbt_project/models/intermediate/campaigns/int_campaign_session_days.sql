-- How far the sessions of campaigns went. From what happened in sessions to sessions, because far
-- fewer sessions have a cart or a conversion than there are.
with

-- A lead fills in Meta's form and no form of the shop; the session it is matched to is another one.
goals as (

    select
        goal,
        is_attributed
    from {{ ref('stg_workspace__goals') }}
    where source <> 'lead'

),

happened as (

    select
        session_id,
        true as has_cart,
        false as has_purchase,
        false as has_conversion
    from {{ ref('int_journey_web_events') }}
    where event_type = 'add_to_cart' and session_id is not null

    union all

    select
        conversions.session_id,
        conversions.conversion_type in ('add_to_cart', 'purchase') as has_cart,
        conversions.conversion_type = 'purchase' as has_purchase,
        goals.is_attributed as has_conversion
    from {{ ref('fct_conversions') }} as conversions
    inner join goals on conversions.goal = goals.goal
    where conversions.session_id is not null

),

outcomes as (

    select
        session_id,
        bool_or(has_cart) as has_cart,
        bool_or(has_purchase) as has_purchase,
        bool_or(has_conversion) as has_conversion
    from happened
    group by 1

),

sessions as (

    select
        session_id,
        campaign_id,
        started_date
    from {{ ref('int_touchpoints') }}
    where campaign_id is not null and not is_redirect

),

final as (

    select
        sessions.started_date,
        sessions.campaign_id,
        count(*) filter (where outcomes.has_cart) as cart_sessions,
        count(*) filter (where outcomes.has_purchase) as purchase_sessions,
        count(*) filter (where outcomes.has_conversion) as converting_sessions
    from sessions
    inner join outcomes on sessions.session_id = outcomes.session_id
    group by 1, 2

)

select * from final
