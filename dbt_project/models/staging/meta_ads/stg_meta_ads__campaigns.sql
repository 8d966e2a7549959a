with

source as (

    select * from {{ source('meta_ads', 'campaigns') }}

),

renamed as (

    select
        ---------- ids
        id as campaign_id,
        account_id,

        ---------- strings
        name,
        lower(trim(status)) as status,
        lower(trim(effective_status)) as effective_status,
        objective,
        buying_type,
        _extra as extra_columns,

        ---------- numerics
        daily_budget,
        lifetime_budget,

        ---------- booleans
        is_late,

        ---------- timestamps
        start_time as starts_at,
        stop_time as ends_at,
        created_time as created_at,
        updated_time as updated_at

    from source

)

select * from renamed
