with

source as (

    select * from {{ source('workspace', 'experiment_variants') }}

),

selected as (

    select
        ---------- strings
        experiment,
        variant,

        ---------- numerics
        variant_index,
        split,

        ---------- booleans
        is_control

    from source

)

select * from selected
