with

landed as (

    select * from {{ ref('stg_web__sessions') }}

),

events as (

    select * from {{ ref('stg_web__events') }}

),

sessionised as (

    select * from {{ ref('int_events_sessionised') }}
    where not is_delivered

),

-- What a session brought with it is what its first event says.
first_events as (

    select
        events.*,
        sessionised.session_id as own_session_id
    from sessionised
    inner join events on sessionised.event_id = events.event_id
    where sessionised.is_first

),

spans as (

    select
        sessionised.session_id as own_session_id,
        -- Two users in one session make it nobody's; who was linked at its start decides.
        case when min(events.user_id) = max(events.user_id) then min(events.user_id) end
            as user_id,
        max(events.occurred_at) as ended_at,
        count(*) filter (where events.event_type in ('page_view', 'pageview')) as pageviews,
        count(*) as events
    from sessionised
    inner join events on sessionised.event_id = events.event_id
    group by 1

),

-- Pages are counted from events only where the tracker delivered no count.
counted as (

    select
        events.session_id,
        count(*) filter (where events.event_type in ('page_view', 'pageview')) as pageviews
    from events
    where
        events.session_id in (
            select landed.session_id
            from landed
            where landed.pageviews is null
        )
    group by 1

),

final as (

    select
        landed.session_id,
        landed.visitor_id,
        landed.user_id,
        landed.landing_page,
        landed.referrer,
        landed.utm_source,
        landed.utm_medium,
        landed.utm_campaign,
        landed.utm_content,
        landed.utm_term,
        landed.click_id,
        landed.country,
        landed.device,
        landed.channel_reported,
        coalesce(landed.pageviews, counted.pageviews) as pageviews,
        landed.is_bounce,
        false as is_derived,
        landed.started_at,
        coalesce(landed.ended_at, landed.started_at) as ended_at
    from landed
    left join counted on landed.session_id = counted.session_id

    union all

    select
        first_events.own_session_id as session_id,
        first_events.visitor_id,
        spans.user_id,
        first_events.page_url as landing_page,
        first_events.referrer,
        first_events.utm_source,
        first_events.utm_medium,
        first_events.utm_campaign,
        first_events.utm_content,
        first_events.utm_term,
        first_events.click_id,
        cast(null as string) as country,
        cast(null as string) as device,
        cast(null as string) as channel_reported,
        spans.pageviews,
        spans.events = 1 as is_bounce,
        true as is_derived,
        first_events.occurred_at as started_at,
        spans.ended_at
    from first_events
    inner join spans on first_events.own_session_id = spans.own_session_id

)

select * from final
