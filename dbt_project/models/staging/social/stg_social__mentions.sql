with

source as (

    select * from {{ source('social', 'mentions') }}

),

renamed as (

    select
        ---------- ids
        id as mention_id,
        post_id,
        customer_id,

        ---------- strings
        platform,
        author,
        text,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        created_at

    from source

)

select * from renamed
