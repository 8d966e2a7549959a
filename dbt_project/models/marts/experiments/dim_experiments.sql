with

experiments as (

    select * from {{ ref('stg_workspace__experiments') }}

),

bounds as (

    select * from {{ ref('int_experiments') }}

),

metrics as (

    select
        experiment,
        max(metric) filter (where metric_role = 'primary') as primary_metric,
        {{ joined_distinct_text("case when metric_role = 'guardrail' then metric end", ', ') }}
            as guardrail_metrics
    from {{ ref('stg_workspace__experiment_metrics') }}
    group by 1

),

dimensions as (

    select
        experiment,
        {{ joined_distinct_text('dimension', ', ') }} as dimensions
    from {{ ref('stg_workspace__experiment_dimensions') }}
    group by 1

),

variants as (

    select
        experiment,
        count(*) as variants,
        max(variant) filter (where is_control) as control_variant
    from {{ ref('stg_workspace__experiment_variants') }}
    group by 1

),

units as (

    select
        experiment,
        count(*) as exposed_units,
        count(*) filter (where is_counted) as counted_units,
        count(*) filter (where is_in_several_variants) as excluded_units,
        count(*) filter (where not is_in_several_variants and not is_variant_known)
            as unknown_variant_units
    from {{ ref('int_exposed_units') }}
    group by 1

),

final as (

    select
        ---------- strings
        experiments.experiment,
        experiments.description,
        experiments.experiment_type,
        experiments.status,
        experiments.source,
        experiments.unit,
        experiments.goal,
        metrics.primary_metric,
        metrics.guardrail_metrics,
        dimensions.dimensions,
        variants.control_variant,

        ---------- numerics
        coalesce(variants.variants, 0) as variants,
        experiments.confidence_level,
        experiments.target_sample_size,
        experiments.minimum_effect,
        experiments.conversion_window_days,
        coalesce(units.exposed_units, 0) as exposed_units,
        coalesce(units.counted_units, 0) as counted_units,
        coalesce(units.excluded_units, 0) as excluded_units,
        coalesce(units.unknown_variant_units, 0) as unknown_variant_units,
        -- A last day that ends a microsecond before midnight is whole.
        cast(floor(
            {{ at_least_0(
                '(' ~ seconds_between('bounds.started_at', 'bounds.measured_until') ~ ' + 1) / 86400'
            ) }}
        ) as bigint) as days_running,

        ---------- timestamps
        experiments.started_at,
        case when experiments.status = 'paused' then experiments.paused_at end as paused_at,
        experiments.ended_at,
        bounds.measured_until

    from experiments
    left join bounds on experiments.experiment = bounds.experiment
    left join metrics on experiments.experiment = metrics.experiment
    left join dimensions on experiments.experiment = dimensions.experiment
    left join variants on experiments.experiment = variants.experiment
    left join units on experiments.experiment = units.experiment

)

select * from final
