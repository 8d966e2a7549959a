with

source as (

    select * from {{ source('workspace', 'metric_settings') }}

),

selected as (

    select
        ---------- ids
        metric,

        ---------- strings
        owner,

        ---------- numerics
        healthy_low,
        healthy_high,
        target,

        ---------- booleans
        has_healthy_range

    from source

)

select * from selected
