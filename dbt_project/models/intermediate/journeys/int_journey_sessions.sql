-- Sessions as journeys see them: whose, what brought them, and whether that was an ad.
with

touchpoints as (

    select * from {{ ref('int_touchpoints') }}

),

sessions as (

    select
        session_id,
        {{ click_network('click_id', 'landing_page') }} as click_network
    from {{ ref('int_sessions') }}

),

final as (

    select
        touchpoints.session_id,
        touchpoints.person_id,
        touchpoints.visitor_id,
        touchpoints.campaign_id,
        touchpoints.channel,
        -- Facebook adds its click id to every outbound link, so that it proves no ad by itself;
        -- a session without tags is paid by it already.
        left(touchpoints.channel, 5) = 'paid_'
        or touchpoints.channel in ('display', 'cross_network')
        or coalesce(sessions.click_network <> 'facebook', false) as is_ad_click,
        touchpoints.is_redirect,
        touchpoints.started_date,
        touchpoints.started_at
    from touchpoints
    inner join sessions on touchpoints.session_id = sessions.session_id

)

select * from final
