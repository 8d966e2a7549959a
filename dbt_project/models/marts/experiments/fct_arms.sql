with

metrics as (

    select * from {{ ref('stg_workspace__experiment_metrics') }}

),

units as (

    select * from {{ ref('int_arm_units') }}

),

outcomes as (

    select * from {{ ref('int_arm_outcomes') }}

),

caps as (

    select * from {{ ref('int_revenue_caps') }}

),

-- A unit that did nothing is still one: of a mean and a proportion it is a denominator of 1.
unit_arms as (

    select
        units.experiment,
        metrics.metric,
        metrics.metric_kind,
        units.variant,
        units.dimension,
        units.dimension_value,
        'units' as source,
        units.units,
        coalesce(outcomes.numerator, 0) as numerator,
        case
            when metrics.metric_kind = 'ratio' then coalesce(outcomes.denominator, 0)
            else units.units
        end as denominator,
        coalesce(outcomes.covariate, 0) as covariate,
        coalesce(outcomes.numerator_squares, 0) as numerator_squares,
        case
            when metrics.metric_kind = 'ratio' then coalesce(outcomes.denominator_squares, 0)
            else units.units
        end as denominator_squares,
        coalesce(outcomes.covariate_squares, 0) as covariate_squares,
        coalesce(outcomes.numerator_denominator, 0) as numerator_denominator,
        coalesce(outcomes.numerator_covariate, 0) as numerator_covariate,
        coalesce(outcomes.denominator_covariate, 0) as denominator_covariate,
        coalesce(outcomes.raw_numerator, 0) as raw_numerator,
        coalesce(outcomes.raw_numerator_squares, 0) as raw_numerator_squares,
        case when metrics.metric = 'revenue' then caps.revenue_cap end as winsorised_at,
        units.exposed_date as date
    from units
    inner join metrics on units.experiment = metrics.experiment
    left join outcomes
        on
            units.experiment = outcomes.experiment
            and metrics.metric = outcomes.metric
            and units.variant = outcomes.variant
            and units.dimension = outcomes.dimension
            and units.dimension_value = outcomes.dimension_value
            and units.exposed_date = outcomes.exposed_date
    left join caps on units.experiment = caps.experiment

),

ad_set_days as (

    select
        *,
        cast(0 as double) as covariate
    from {{ ref('int_ad_set_days') }}

),

ad_set_arms as (

    select
        experiment,
        metric,
        metric_kind,
        variant,
        'all' as dimension,
        'all' as dimension_value,
        'ad_days' as source,
        count(*) as units,
        {{ moment_sums() }},
        {{ exact_sum('numerator') }} as raw_numerator,
        {{ exact_sum('numerator * numerator') }} as raw_numerator_squares,
        cast(null as double) as winsorised_at,
        date
    from ad_set_days
    group by all

),

combined as (

    select * from unit_arms
    union all
    select * from ad_set_arms

),

final as (

    select
        ---------- strings
        experiment,
        metric,
        metric_kind,
        variant,
        dimension,
        dimension_value,
        source,

        ---------- numerics
        units,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(covariate as double) as covariate,
        cast(numerator_squares as double) as numerator_squares,
        cast(denominator_squares as double) as denominator_squares,
        cast(covariate_squares as double) as covariate_squares,
        cast(numerator_denominator as double) as numerator_denominator,
        cast(numerator_covariate as double) as numerator_covariate,
        cast(denominator_covariate as double) as denominator_covariate,
        cast(raw_numerator as double) as raw_numerator,
        cast(raw_numerator_squares as double) as raw_numerator_squares,
        cast(winsorised_at as double) as winsorised_at,

        ---------- dates
        date

    from combined

)

select * from final
