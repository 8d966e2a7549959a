with

definitions as (

    select * from {{ ref('metric_definitions') }}

),

settings as (

    select * from {{ ref('stg_workspace__metric_settings') }}

),

final as (

    select
        ---------- ids
        definitions.metric,
        definitions.number,

        ---------- strings
        definitions.name,
        definitions.unit,
        definitions.formula,
        definitions.numerator,
        definitions.denominator,
        definitions.data_source,
        definitions.better,
        coalesce(settings.owner, definitions.owner) as owner,
        definitions.cadence,
        definitions.windows,
        definitions.dimensions,
        definitions.no_value_means,

        ---------- numerics
        definitions.display_factor,
        case
            when settings.has_healthy_range then settings.healthy_low
            else definitions.healthy_low
        end as healthy_low,
        case
            when settings.has_healthy_range then settings.healthy_high
            else definitions.healthy_high
        end as healthy_high,
        coalesce(settings.target, definitions.target) as target,

        ---------- booleans
        definitions.is_credited

    from definitions
    left join settings on definitions.metric = settings.metric

)

select * from final
