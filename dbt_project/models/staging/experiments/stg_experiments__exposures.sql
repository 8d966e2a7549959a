with

source as (

    select * from {{ source('experiments', 'exposures') }}

),

renamed as (

    select
        ---------- ids
        unit_id,

        ---------- strings
        experiment,
        variant,
        _extra as extra_columns,

        ---------- booleans
        is_late,

        ---------- timestamps
        exposed_at

    from source

)

select * from renamed
