-- What was known of a unit when it was exposed, in the dimensions that its experiment asks for.
-- Nothing that came later: a treatment may have caused it.
with

dimensions as (

    select * from {{ ref('stg_workspace__experiment_dimensions') }}

),

units as (

    select * from {{ ref('int_exposed_units') }}
    where
        is_counted
        and experiment in (
            select dimensions.experiment
            from dimensions
        )

),

sessions as (

    select
        session_id,
        visitor_id,
        person_id,
        country,
        device,
        channel,
        landing_page,
        touched_at
    from {{ ref('fct_touchpoints') }}

),

-- By either unit, so that the join is one of equal keys.
sessions_of_units as (

    select
        'visitor' as unit,
        visitor_id as unit_id,
        session_id,
        touched_at
    from sessions

    union all

    select
        'customer' as unit,
        person_id as unit_id,
        session_id,
        touched_at
    from sessions

),

-- The session it was exposed in, which its first event may begin a moment after the exposure.
exposed_in as (

    select
        units.experiment,
        units.unit_id,
        max_by(
            sessions_of_units.session_id,
            cast(sessions_of_units.touched_at as string) || sessions_of_units.session_id
        ) as session_id
    from units
    inner join sessions_of_units
        on
            units.unit = sessions_of_units.unit
            and units.unit_id = sessions_of_units.unit_id
    where {{ seconds_between('units.exposed_at', 'sessions_of_units.touched_at') }} <= 60
    group by 1, 2

),

first_purchases as (

    select
        unit,
        unit_id,
        min(converted_at) as first_purchase_at
    from {{ ref('int_conversions_of_units') }}
    where conversion_type = 'purchase'
    group by 1, 2

),

final as (

    select
        units.experiment,
        units.unit_id,
        dimensions.dimension,
        coalesce(
            case dimensions.dimension
                when 'country' then sessions.country
                when 'device' then sessions.device
                when 'channel' then sessions.channel
                when 'landing_page' then sessions.landing_page
                when 'customer_type' then
                    case
                        when first_purchases.first_purchase_at < units.exposed_at
                            then 'returning'
                        else 'new'
                    end
            end,
            'unknown'
        ) as dimension_value
    from units
    inner join dimensions on units.experiment = dimensions.experiment
    left join exposed_in
        on units.experiment = exposed_in.experiment and units.unit_id = exposed_in.unit_id
    left join sessions on exposed_in.session_id = sessions.session_id
    left join first_purchases
        on units.unit = first_purchases.unit and units.unit_id = first_purchases.unit_id

)

select * from final
