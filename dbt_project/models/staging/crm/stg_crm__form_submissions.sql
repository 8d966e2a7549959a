with

source as (

    select * from {{ source('crm', 'form_submissions') }}

),

renamed as (

    select
        ---------- ids
        id as submission_id,
        visitor_id,
        session_id,
        customer_id,

        ---------- strings
        form_name,
        email,
        email_hash,
        message,
        fields,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        submitted_at

    from source

)

select * from renamed
