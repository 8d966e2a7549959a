-- What the logistic churn model looks at, and what the closed form says, of the buyers it learns
-- from and is judged on.
with

snapshots as (

    select * from {{ ref('int_churn_snapshots') }}

),

{{ purchase_model('held_back') }},

final as (

    select
        snapshots.snapshot,
        snapshots.person_id,
        snapshots.has_churned,
        -- The closed form saw nothing of the window it is judged on.
        case
            when snapshots.snapshot = 'held_back'
                then
                    1 - {{ probability_alive(
                        'snapshots.repeat_purchases', 'snapshots.recency_days',
                        'snapshots.age_days'
                    ) }} * ({{ probability_of_purchase_if_alive(
                        'snapshots.repeat_purchases', 'snapshots.age_days',
                        customer_setting('churn_horizon_days')
                    ) }})
        end as closed_form,
        {{ churn_feature_columns('snapshots') }}
    from snapshots
    cross join model

)

select * from final
