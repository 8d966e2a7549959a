with

source as (

    select * from {{ source('meta_ads', 'leads') }}

),

renamed as (

    select
        ---------- ids
        id as lead_id,
        ad_id,
        adset_id,
        campaign_id,
        form_id,

        ---------- strings
        platform,
        lower(trim(status)) as status,
        field_data,
        _extra as extra_columns,

        ---------- booleans
        is_organic,
        is_late,

        ---------- timestamps
        created_time as created_at

    from source

)

select * from renamed
