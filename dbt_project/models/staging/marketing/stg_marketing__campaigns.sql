with

source as (

    select * from {{ source('marketing', 'campaigns') }}

),

renamed as (

    select
        ---------- ids
        id as campaign_id,

        ---------- strings
        name,
        campaign_type,
        {{ folded_channel('channel') }} as channel,
        lower(trim(status)) as status,
        target_segments,
        created_by,
        _extra as extra_columns,

        ---------- numerics
        budget,
        cost,

        ---------- booleans
        is_late,

        ---------- timestamps
        start_time as starts_at,
        end_time as ends_at,
        created_at

    from source

)

select * from renamed
