with

source as (

    select * from {{ source('workspace', 'goal_conditions') }}

),

selected as (

    select
        ---------- strings
        goal,
        field,
        operator,
        value_text,

        ---------- numerics
        condition_index

    from source

)

select * from selected
