with

source as (

    select * from {{ source('meta_ads', 'insights') }}

),

renamed as (

    select
        ---------- ids
        account_id,
        campaign_id,
        adset_id,
        ad_id,

        ---------- strings
        account_currency as currency,
        actions,
        action_values,
        _extra as extra_columns,

        ---------- numerics
        impressions,
        reach,
        frequency,
        clicks,
        inline_link_clicks,
        unique_clicks,
        spend,

        ---------- booleans
        is_late,

        ---------- dates
        date_start as spend_date,
        date_stop as stop_date

    from source

)

select * from renamed
