-- What exposed units did that a metric counts; units that did nothing have no row.
with

experiments as (

    select * from {{ ref('int_experiments') }}

),

units as (

    select * from {{ ref('int_exposed_units') }}
    where is_counted

),

conversions as (

    select * from {{ ref('int_conversions_of_units') }}

),

clicks as (

    select * from {{ ref('int_unit_clicks') }}

),

metrics as (

    select * from {{ ref('stg_workspace__experiment_metrics') }}

),

matched as (

    select
        units.experiment,
        units.unit_id,
        units.variant,
        units.exposed_date,
        conversions.value,
        conversions.converted_at >= units.exposed_at as is_after,
        case
            when experiments.goal is null then conversions.conversion_type = 'purchase'
            else conversions.goal = experiments.goal
        end as is_goal,
        conversions.conversion_type = 'lead_form_submission'
        and (
            coalesce(experiments.goal_type, '') <> 'lead_form_submission'
            or conversions.goal = experiments.goal
        ) as is_lead
    from units
    inner join conversions
        on
            units.unit = conversions.unit
            and units.unit_id = conversions.unit_id
            and units.counted_until > conversions.converted_at
    inner join experiments
        on
            units.experiment = experiments.experiment
            and conversions.converted_at
            >= {{ add_days('units.exposed_at', '-experiments.covariate_days') }}

),

converted as (

    select
        experiment,
        unit_id,
        -- The same in all rows of a unit.
        min(variant) as variant,
        min(exposed_date) as exposed_date,
        case when bool_or(is_after and is_goal) then 1 else 0 end as converted,
        case when bool_or(not is_after and is_goal) then 1 else 0 end as converted_before,
        count(*) filter (where is_after and is_lead) as leads,
        count(*) filter (where not is_after and is_lead) as leads_before,
        coalesce({{ exact_sum('case when is_after and is_goal then value end') }}, 0) as revenue,
        coalesce({{ exact_sum('case when not is_after and is_goal then value end') }}, 0)
            as revenue_before
    from matched
    where is_goal or is_lead
    group by 1, 2

),

final as (

    select
        converted.experiment,
        metrics.metric,
        metrics.metric_kind,
        converted.variant,
        converted.unit_id,
        case metrics.metric
            when 'conversion_rate' then converted.converted
            when 'leads' then converted.leads
            else converted.revenue
        end as numerator,
        1 as denominator,
        case metrics.metric
            when 'conversion_rate' then converted.converted_before
            when 'leads' then converted.leads_before
            else converted.revenue_before
        end as covariate,
        converted.exposed_date
    from converted
    inner join metrics on converted.experiment = metrics.experiment
    -- What was spent on a single unit is not known, so that costs have no row.
    where metrics.metric in ('conversion_rate', 'leads', 'revenue')

    union all

    select
        clicks.experiment,
        metrics.metric,
        metrics.metric_kind,
        clicks.variant,
        clicks.unit_id,
        clicks.clicks as numerator,
        clicks.impressions as denominator,
        0 as covariate,
        clicks.exposed_date
    from clicks
    inner join metrics on clicks.experiment = metrics.experiment
    where metrics.metric = 'ctr'

)

select * from final
