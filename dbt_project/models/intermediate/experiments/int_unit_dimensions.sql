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

-- The session it was exposed in, which its first event may begin a moment after the exposure.
exposed_in as (

    select
        units.experiment,
        units.unit_id,
        max_by(sessions.session_id, cast(sessions.touched_at as string) || sessions.session_id)
            as session_id
    from units
    inner join sessions
        on
            units.unit_id
            = case when units.unit = 'customer' then sessions.person_id else sessions.visitor_id end
    where {{ seconds_between('units.exposed_at', 'sessions.touched_at') }} <= 60
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
