with

source as (

    select * from {{ source('crm', 'deletion_requests') }}

),

renamed as (

    select
        ---------- ids
        id as request_id,
        customer_id,

        ---------- strings
        email,
        email_hash,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        requested_at

    from source

)

select * from renamed
