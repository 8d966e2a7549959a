-- The conversions that models credit to touches.
with

conversions as (

    select * from {{ ref('fct_conversions') }}

),

goals as (

    select * from {{ ref('stg_workspace__goals') }}
    where is_attributed

),

final as (

    select
        conversions.conversion_id,
        conversions.person_id,
        conversions.goal,
        conversions.conversion_type,
        conversions.value,
        conversions.gross_value,
        conversions.counts_as_revenue,
        -- Whose first purchase it is, of those that landed.
        conversions.conversion_type = 'purchase'
        and row_number() over (
            partition by conversions.person_id, conversions.conversion_type
            order by conversions.converted_at, conversions.conversion_id
        ) = 1 as is_new_customer,
        conversions.converted_date,
        conversions.converted_at
    from conversions
    inner join goals on conversions.goal = goals.goal

)

select * from final
