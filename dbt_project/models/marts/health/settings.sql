with

settings as (

    select * from {{ ref('stg_workspace__settings') }}

),

final as (

    select
        ---------- strings
        timezone,
        currency,
        headline_model,

        ---------- numerics
        lookback_days,
        half_life_days,

        ---------- dates
        as_of
    from settings

)

select * from final
