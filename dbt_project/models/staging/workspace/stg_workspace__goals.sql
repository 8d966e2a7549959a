with

source as (

    select * from {{ source('workspace', 'goals') }}

),

selected as (

    select
        ---------- strings
        goal,
        conversion_type,
        source,
        value_field,
        once_per,

        ---------- numerics
        goal_index,
        value_fixed,

        ---------- booleans
        counts_as_revenue,
        is_attributed

    from source

)

select * from selected
