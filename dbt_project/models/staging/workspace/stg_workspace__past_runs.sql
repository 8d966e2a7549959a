with

source as (

    select * from {{ source('workspace', 'past_runs') }}

),

selected as (

    select
        ---------- ids
        run_id,

        ---------- strings
        outcome,

        ---------- dates
        run_date

    from source

)

select * from selected
