with

source as (

    select * from {{ source('meta_ads', 'ads') }}

),

renamed as (

    select
        ---------- ids
        id as ad_id,
        adset_id,
        campaign_id,
        creative_id,

        ---------- strings
        name,
        lower(trim(status)) as status,
        lower(trim(effective_status)) as effective_status,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        created_time as created_at,
        updated_time as updated_at

    from source

)

select * from renamed
