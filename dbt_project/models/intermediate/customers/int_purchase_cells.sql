-- BG/NBD sees of a buyer only how often, how recently and for how long, so that buyers alike are
-- one cell.
with

current_cells as (

    select
        'current' as snapshot,
        repeat_purchases,
        recency_days,
        age_days,
        count(*) as buyers
    from {{ ref('int_buyers') }}
    group by 1, 2, 3, 4

),

held_back_cells as (

    select
        snapshot,
        repeat_purchases,
        recency_days,
        age_days,
        count(*) as buyers
    from {{ ref('int_churn_snapshots') }}
    where snapshot = 'held_back'
    group by 1, 2, 3, 4

),

final as (

    select * from current_cells
    union all
    select * from held_back_cells

)

select * from final
