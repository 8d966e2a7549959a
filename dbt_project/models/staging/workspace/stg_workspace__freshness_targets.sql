with

source as (

    select * from {{ source('workspace', 'freshness_targets') }}

),

selected as (

    select
        ---------- strings
        source_table,

        ---------- numerics
        target_hours

    from source

)

select * from selected
