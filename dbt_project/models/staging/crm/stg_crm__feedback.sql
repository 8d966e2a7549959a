with

source as (

    select * from {{ source('crm', 'feedback') }}

),

renamed as (

    select
        ---------- ids
        id as feedback_id,
        customer_id,

        ---------- strings
        email,
        email_hash,
        source_type,
        comment,
        _extra as extra_columns,

        ---------- numerics
        rating,
        scale,

        ---------- booleans
        is_late,

        ---------- timestamps
        created_at

    from source

)

select * from renamed
