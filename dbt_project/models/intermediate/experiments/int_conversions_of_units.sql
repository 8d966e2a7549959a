-- Whose conversion it was, in both units that experiments have.
with

conversions as (

    select
        conversion_id,
        person_id,
        visitor_id,
        goal,
        conversion_type,
        value,
        converted_at
    from {{ ref('fct_conversions') }}
    where
        (
            select count(*) from {{ ref('int_experiments') }} as experiments
            where experiments.source = 'units'
        ) > 0

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

-- A conversion of a known person whose browser is not, is laid to the one they used last before.
last_visitors as (

    select
        conversions.conversion_id,
        intervals.visitor_key as visitor_id
    from conversions
    inner join intervals
        on
            conversions.person_id = intervals.person_id
            and conversions.converted_at >= intervals.valid_from
    where conversions.visitor_id is null
    qualify
        row_number() over (
            partition by conversions.conversion_id
            order by intervals.valid_from desc, intervals.visitor_key asc
        ) = 1

),

final as (

    select
        'customer' as unit,
        person_id as unit_id,
        goal,
        conversion_type,
        value,
        converted_at
    from conversions

    union all

    select
        'visitor' as unit,
        coalesce(conversions.visitor_id, last_visitors.visitor_id) as unit_id,
        conversions.goal,
        conversions.conversion_type,
        conversions.value,
        conversions.converted_at
    from conversions
    left join last_visitors on conversions.conversion_id = last_visitors.conversion_id
    where coalesce(conversions.visitor_id, last_visitors.visitor_id) is not null

)

select * from final
