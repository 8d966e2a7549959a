with

source as (

    select * from {{ source('web', 'events') }}

),

renamed as (

    select
        ---------- ids
        event_id,
        visitor_id,
        user_id,
        session_id,
        order_id,

        ---------- strings
        lower(trim(event_type)) as event_type,
        page_url,
        referrer,
        nullif(trim(utm_source), '') as utm_source,
        nullif(trim(utm_medium), '') as utm_medium,
        nullif(trim(utm_campaign), '') as utm_campaign,
        nullif(trim(utm_content), '') as utm_content,
        nullif(trim(utm_term), '') as utm_term,
        nullif(trim(click_id), '') as click_id,
        currency,
        properties,
        context,
        _extra as extra_columns,

        ---------- numerics
        value,

        ---------- booleans
        is_late,

        ---------- timestamps
        timestamp as occurred_at

    from source

)

select * from renamed
