with

source as (

    select * from {{ source('web', 'sessions') }}

),

renamed as (

    select
        ---------- ids
        session_id,
        visitor_id,
        user_id,

        ---------- strings
        landing_page,
        referrer,
        nullif(trim(utm_source), '') as utm_source,
        nullif(trim(utm_medium), '') as utm_medium,
        nullif(trim(utm_campaign), '') as utm_campaign,
        nullif(trim(utm_content), '') as utm_content,
        nullif(trim(utm_term), '') as utm_term,
        nullif(trim(click_id), '') as click_id,
        country,
        device,
        channel_reported,
        _extra as extra_columns,

        ---------- numerics
        pageviews,

        ---------- booleans
        is_bounce,
        is_late,

        ---------- timestamps
        started_at,
        ended_at

    from source

)

select * from renamed
