-- Sums over the units of an arm, by the day of their first exposure, so that each unit is in one
-- day with all it did and the squares of units add up over days.
with

caps as (

    select * from {{ ref('int_revenue_caps') }}

),

outcomes as (

    select
        outcomes.experiment,
        outcomes.metric,
        outcomes.variant,
        outcomes.unit_id,
        outcomes.exposed_date,
        outcomes.numerator as raw_numerator,
        outcomes.denominator,
        case
            when outcomes.metric = 'revenue'
                then least(outcomes.numerator, coalesce(caps.revenue_cap, outcomes.numerator))
            else outcomes.numerator
        end as numerator,
        -- The past is cut off like the present, lest one old order decides.
        case
            when outcomes.metric = 'revenue'
                then least(outcomes.covariate, coalesce(caps.revenue_cap, outcomes.covariate))
            else outcomes.covariate
        end as covariate
    from {{ ref('int_unit_outcomes') }} as outcomes
    left join caps on outcomes.experiment = caps.experiment

),

unit_dimensions as (

    select * from {{ ref('int_unit_dimensions') }}

),

placed as (

    select
        outcomes.*,
        'all' as dimension,
        'all' as dimension_value
    from outcomes

    union all

    select
        outcomes.*,
        unit_dimensions.dimension,
        unit_dimensions.dimension_value
    from outcomes
    inner join unit_dimensions
        on
            outcomes.experiment = unit_dimensions.experiment
            and outcomes.unit_id = unit_dimensions.unit_id

),

final as (

    select
        experiment,
        metric,
        variant,
        dimension,
        dimension_value,
        exposed_date,
        {{ moment_sums() }},
        {{ exact_sum('raw_numerator') }} as raw_numerator,
        {{ exact_sum('raw_numerator * raw_numerator') }} as raw_numerator_squares
    from placed
    group by 1, 2, 3, 4, 5, 6

)

select * from final
