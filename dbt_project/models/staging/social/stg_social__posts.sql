with

source as (

    select * from {{ source('social', 'posts') }}

),

renamed as (

    select
        ---------- ids
        id as post_id,

        ---------- strings
        platform,
        lower(trim(status)) as status,
        caption,
        _extra as extra_columns,

        ---------- numerics
        reach,
        likes,
        comments,
        shares,
        clicks,

        ---------- booleans
        is_late,

        ---------- timestamps
        published_at,
        scheduled_at

    from source

)

select * from renamed
