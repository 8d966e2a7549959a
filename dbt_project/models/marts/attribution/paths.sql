with

paths as (

    select * from {{ ref('int_paths') }}

),

final as (

    select
        ---------- strings
        goal,
        path,

        ---------- numerics
        cast(touches as bigint) as touches,
        conversions,
        non_conversions,
        revenue,
        {{ safe_divide('conversions', 'conversions + non_conversions') }} as conversion_rate,
        cast(median_days_to_convert as double) as median_days_to_convert

    from paths

)

select * from final
