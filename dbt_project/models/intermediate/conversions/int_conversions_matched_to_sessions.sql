-- The session a conversion happened in, or the last one before it within the lookback. Coming
-- back from a payment page earns no credit, so such a session serves only where there is no other.
with

conversions as (

    select
        conversion_id,
        person_id,
        session_id,
        converted_at
    from {{ ref('int_conversions') }}

),

sessions as (

    select
        session_id,
        person_id,
        is_redirect,
        started_at
    from {{ ref('int_touchpoints') }}

),

stated as (

    select
        conversions.*,
        sessions.session_id as stated_session_id,
        coalesce(sessions.is_redirect, true) as needs_another
    from conversions
    -- A session that starts later, as clocks of shop and tracker differ, is no touch before it.
    left join sessions
        on
            conversions.session_id = sessions.session_id
            and conversions.converted_at >= sessions.started_at

),

preceding as (

    select
        stated.conversion_id,
        sessions.session_id
    from stated
    inner join sessions
        on
            stated.person_id = sessions.person_id
            and stated.converted_at >= sessions.started_at
            and sessions.started_at
            >= {{ add_days('stated.converted_at', '-' ~ setting('lookback_days')) }}
    where stated.needs_another and not sessions.is_redirect
    qualify
        row_number() over (
            partition by stated.conversion_id
            order by sessions.started_at desc, sessions.session_id desc
        ) = 1

),

final as (

    select
        stated.conversion_id,
        coalesce(preceding.session_id, stated.stated_session_id) as session_id
    from stated
    left join preceding on stated.conversion_id = preceding.conversion_id
    where preceding.session_id is not null or stated.stated_session_id is not null

)

select * from final
