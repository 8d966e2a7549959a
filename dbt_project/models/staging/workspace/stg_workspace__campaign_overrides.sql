with

source as (

    select * from {{ source('workspace', 'campaign_overrides') }}

),

selected as (

    select
        ---------- ids
        session_id,
        campaign_id,

        ---------- strings
        utm_campaign

    from source

)

select * from selected
