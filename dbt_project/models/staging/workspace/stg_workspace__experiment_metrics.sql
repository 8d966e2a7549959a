with

source as (

    select * from {{ source('workspace', 'experiment_metrics') }}

),

selected as (

    select
        ---------- strings
        experiment,
        metric,
        metric_role,
        metric_kind,

        ---------- booleans
        is_lower_better

    from source

)

select * from selected
