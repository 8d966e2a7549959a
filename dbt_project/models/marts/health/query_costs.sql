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
