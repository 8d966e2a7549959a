with

source as (

    select * from {{ source('meta_ads', 'adsets') }}

),

renamed as (

    select
        ---------- ids
        id as adset_id,
        campaign_id,

        ---------- strings
        name,
        lower(trim(status)) as status,
        lower(trim(effective_status)) as effective_status,
        optimization_goal,
        billing_event,
        bid_strategy,
        targeting,
        _extra as extra_columns,

        ---------- numerics
        daily_budget,
        lifetime_budget,

        ---------- booleans
        is_late,

        ---------- timestamps
        start_time as starts_at,
        end_time as ends_at,
        created_time as created_at,
        updated_time as updated_at

    from source

)

select * from renamed
