-- Who was in which arm. A unit that saw two variants tells them apart no longer, and is left out
-- of both.
with

experiments as (

    select * from {{ ref('int_experiments') }}
    where source = 'units'

),

variants as (

    select
        experiment,
        variant
    from {{ ref('stg_workspace__experiment_variants') }}

),

exposures as (

    select * from {{ ref('stg_experiments__exposures') }}

),

units as (

    select
        exposures.experiment,
        exposures.unit_id,
        min(exposures.variant) as variant,
        min(exposures.variant) <> max(exposures.variant) as is_in_several_variants,
        min(exposures.exposed_at) as exposed_at
    from exposures
    inner join experiments
        on
            exposures.experiment = experiments.experiment
            and exposures.exposed_at >= experiments.started_at
            and exposures.exposed_at <= experiments.exposed_until
    group by 1, 2

),

final as (

    select
        units.experiment,
        experiments.unit,
        units.unit_id,
        units.variant,
        units.is_in_several_variants,
        variants.variant is not null as is_variant_known,
        not units.is_in_several_variants and variants.variant is not null as is_counted,
        {{ local_date('units.exposed_at') }} as exposed_date,
        units.exposed_at,
        least(
            experiments.measured_until,
            {{ add_days('units.exposed_at', 'experiments.conversion_window_days') }}
        ) as counted_until
    from units
    inner join experiments on units.experiment = experiments.experiment
    left join variants
        on units.experiment = variants.experiment and units.variant = variants.variant

)

select * from final
