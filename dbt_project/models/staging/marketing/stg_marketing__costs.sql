with

source as (

    select * from {{ source('marketing', 'costs') }}

),

renamed as (

    select
        ---------- ids
        campaign_id,

        ---------- strings
        lower(trim(source)) as cost_source,
        campaign_name,
        {{ folded_channel('channel') }} as channel,
        currency,
        _extra as extra_columns,

        ---------- numerics
        cost,
        impressions,
        clicks,

        ---------- booleans
        is_late,

        ---------- dates
        date as cost_date

    from source

)

select * from renamed
