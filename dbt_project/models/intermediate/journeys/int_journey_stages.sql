-- The stages of a journey in their order, which workspace settings cannot change.
with

final as (

    select
        places.stage,
        cast(places.stage_index as bigint) as stage_index
    from (
        values
        ('awareness', 1),
        ('interest', 2),
        ('consideration', 3),
        ('intent', 4),
        ('conversion', 5),
        ('retention', 6),
        ('advocacy', 7)
    ) as places (stage, stage_index)

)

select * from final
