-- A view: what was measured is stored once, where the run began, and published from there.
{{ config(materialized = 'view') }}
with

costs as (

    select * from {{ ref('stg_workspace__query_costs') }}

),

final as (

    select
        query,
        run_id,
        why_not,
        seconds,
        measured_at
    from costs

)

select * from final
