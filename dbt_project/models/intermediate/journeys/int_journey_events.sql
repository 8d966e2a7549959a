-- A view: its rows are stored where they come from, and with their stages in fct_journey_events.
{{ config(materialized = 'view') }}
with

sessions as (

    select * from {{ ref('int_journey_sessions') }}

),

ad_clicks as (

    select * from {{ ref('int_journey_sessions') }}
    where is_ad_click

),

visits as (

    select
        *,
        'session' as event_type
    from sessions

    union all

    select
        *,
        'ad_click' as event_type
    from ad_clicks

),

acts as (

    select * from {{ ref('int_journey_web_events') }}
    union all
    select * from {{ ref('int_journey_purchases') }}

),

records as (

    select * from {{ ref('int_journey_records') }}
    union all
    select * from {{ ref('int_journey_messages') }}

),

-- Of events of one moment, the smaller id is the earlier: the click comes before its session, and
-- the session before what was done in it.
final as (

    select
        event_type || ':' || session_id as event_id,
        person_id,
        visitor_id,
        session_id,
        cast(null as string) as order_id,
        campaign_id,
        event_type,
        channel,
        cast(null as decimal(18, 6)) as value,
        false as is_positive,
        started_date as occurred_date,
        started_at as occurred_at
    from visits

    union all

    select
        event_id,
        person_id,
        visitor_id,
        session_id,
        order_id,
        campaign_id,
        event_type,
        channel,
        value,
        false as is_positive,
        occurred_date,
        occurred_at
    from acts

    union all

    select
        event_id,
        person_id,
        visitor_id,
        session_id,
        cast(null as string) as order_id,
        campaign_id,
        event_type,
        channel,
        cast(null as decimal(18, 6)) as value,
        is_positive,
        occurred_date,
        occurred_at
    from records

)

select * from final
