-- Units by arm and the day of their first exposure, in all and by the values of each dimension.
with

units as (

    select * from {{ ref('int_exposed_units') }}
    where is_counted

),

unit_dimensions as (

    select * from {{ ref('int_unit_dimensions') }}

),

final as (

    select
        experiment,
        variant,
        'all' as dimension,
        'all' as dimension_value,
        exposed_date,
        count(*) as units
    from units
    group by 1, 2, 5

    union all

    select
        units.experiment,
        units.variant,
        unit_dimensions.dimension,
        unit_dimensions.dimension_value,
        units.exposed_date,
        count(*) as units
    from units
    inner join unit_dimensions
        on
            units.experiment = unit_dimensions.experiment
            and units.unit_id = unit_dimensions.unit_id
    group by 1, 2, 3, 4, 5

)

select * from final
