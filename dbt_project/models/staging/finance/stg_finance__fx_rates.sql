with

source as (

    select * from {{ source('finance', 'fx_rates') }}

),

renamed as (

    select
        ---------- strings
        from_currency,
        to_currency,
        _extra as extra_columns,

        ---------- numerics
        rate,

        ---------- booleans
        is_late,

        ---------- dates
        date as rate_date

    from source

)

select * from renamed
