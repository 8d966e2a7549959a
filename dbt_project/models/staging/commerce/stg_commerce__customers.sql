with

source as (

    select * from {{ source('commerce', 'customers') }}

),

renamed as (

    select
        ---------- ids
        id as customer_id,

        ---------- strings
        email,
        email_hash,
        phone,
        phone_hash,
        first_name,
        last_name,
        country,
        city,
        _extra as extra_columns,

        ---------- booleans
        marketing_opt_in,
        is_late,

        ---------- dates
        birth_date,

        ---------- timestamps
        created_at,
        updated_at

    from source

)

select * from renamed
