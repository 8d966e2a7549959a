with

source as (

    select * from {{ source('crm', 'consents') }}

),

renamed as (

    select
        ---------- ids
        id as consent_id,
        customer_id,

        ---------- strings
        email,
        email_hash,
        channel,
        lower(trim(status)) as status,
        region,
        source,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        recorded_at

    from source

)

select * from renamed
