with

goals as (

    select * from {{ ref('stg_workspace__goals') }}

),

conversions as (

    select
        goal,
        count(*) as conversions,
        max(converted_at) as last_converted_at
    from {{ ref('int_conversions') }}
    group by 1

),

final as (

    select
        ---------- strings
        goals.goal,
        goals.conversion_type,
        goals.source,
        goals.value_field,
        goals.once_per,

        ---------- numerics
        goals.value_fixed,
        coalesce(conversions.conversions, 0) as conversions,

        ---------- booleans
        goals.counts_as_revenue,

        ---------- timestamps
        conversions.last_converted_at

    from goals
    left join conversions on goals.goal = conversions.goal

)

select * from final
