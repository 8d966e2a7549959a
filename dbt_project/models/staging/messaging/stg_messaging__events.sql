with

source as (

    select * from {{ source('messaging', 'events') }}

),

renamed as (

    select
        ---------- ids
        event_id,
        user_id,
        campaign_id,
        creative_id,
        segment_id,

        ---------- strings
        lower(trim(event_type)) as event_type,
        delivery_channel,
        properties,
        _extra as extra_columns,

        ---------- booleans
        is_holdout,
        is_late,

        ---------- timestamps
        timestamp as occurred_at

    from source

)

select * from renamed
