with

source as (

    select * from {{ source('workspace', 'channel_rules') }}

),

selected as (

    select
        ---------- strings
        channel,
        source_pattern,
        medium_pattern,
        campaign_pattern,

        ---------- numerics
        rule_index

    from source

)

select * from selected
