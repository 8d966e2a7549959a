with

source as (

    select * from {{ source('workspace', 'stages') }}

),

selected as (

    select
        ---------- strings
        event_type,
        condition,
        stage

    from source

)

select * from selected
