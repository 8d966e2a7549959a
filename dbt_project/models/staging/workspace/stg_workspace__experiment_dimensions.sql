with

source as (

    select * from {{ source('workspace', 'experiment_dimensions') }}

),

selected as (

    select
        ---------- strings
        experiment,
        dimension

    from source

)

select * from selected
