with

source as (

    select * from {{ source('workspace', 'query_costs') }}

),

selected as (

    select
        ---------- ids
        query,
        run_id,

        ---------- strings
        why_not,

        ---------- numerics
        seconds,

        ---------- timestamps
        measured_at

    from source

)

select * from selected
