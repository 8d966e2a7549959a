-- What revenue of a unit is cut off at: a quantile of the positive values of all arms together,
-- between two of them in proportion. The quantile of all values would be 0 where few units buy.
with

experiments as (

    select * from {{ ref('int_experiments') }}
    where winsorising_quantile < 1

),

spenders as (

    select
        outcomes.experiment,
        outcomes.numerator as revenue,
        row_number() over values_in_order as place,
        1 + experiments.winsorising_quantile * (
            count(*) over (partition by outcomes.experiment) - 1
        ) as cap_place
    from {{ ref('int_unit_outcomes') }} as outcomes
    inner join experiments on outcomes.experiment = experiments.experiment
    where outcomes.metric = 'revenue' and outcomes.numerator > 0
    window values_in_order as (
        partition by outcomes.experiment
        order by outcomes.numerator, outcomes.unit_id
    )

),

neighbours as (

    select
        experiment,
        max(revenue) filter (where place = floor(cap_place)) as lower_value,
        max(revenue) filter (where place = ceil(cap_place)) as upper_value,
        max(cap_place - floor(cap_place)) as weight
    from spenders
    group by 1

),

final as (

    select
        experiment,
        lower_value + weight * (upper_value - lower_value) as revenue_cap
    from neighbours

)

select * from final
