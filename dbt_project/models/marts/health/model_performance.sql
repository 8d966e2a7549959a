with

churn as (

    select
        'churn_probability' as score_type,
        model,
        name as metric,
        value,
        why_not,
        'buyers before the window' as population,
        {{ churn_cut(1) }} as window_start,
        {{ setting('as_of') }} as window_end
    from {{ ref('int_churn_model') }}
    where kind = 'performance'

),

purchases as (

    select
        'clv' as score_type,
        'bg_nbd_gamma_gamma' as model,
        parameter as metric,
        value,
        why_not,
        'buyers' as population,
        cast(null as date) as window_start,
        {{ setting('as_of') }} as window_end
    from {{ ref('int_purchase_model') }}
    where snapshot = 'current'

),

combined as (

    select * from churn
    union all
    select * from purchases

),

final as (

    select
        ---------- strings
        score_type,
        model,
        metric,
        population,
        why_not,

        ---------- numerics
        cast(value as double) as value,

        ---------- dates
        window_start,
        window_end,
        {{ setting('as_of') }} as as_of

    from combined

)

select * from final
