-- Impressions and clicks of exposed units, where an experiment is judged by their ratio.
with

experiments as (

    select
        experiments.experiment,
        experiments.unit,
        experiments.impression_events,
        experiments.click_events
    from {{ ref('int_experiments') }} as experiments
    inner join {{ ref('stg_workspace__experiment_metrics') }} as metrics
        on experiments.experiment = metrics.experiment
    where experiments.source = 'units' and metrics.metric = 'ctr'

),

wanted_events as (

    select distinct
        impression_events,
        click_events
    from experiments

),

events as (

    select
        events.visitor_id,
        events.user_id,
        events.occurred_at,
        ',' || wanted_events.click_events || ',' like '%,' || events.event_type || ',%'
            as is_click
    from {{ ref('stg_web__events') }} as events
    cross join wanted_events
    where
        ',' || wanted_events.impression_events || ',' || wanted_events.click_events || ','
        like '%,' || events.event_type || ',%'

),

-- By either unit, so that the join is one of equal keys.
events_of_units as (

    select
        'visitor' as unit,
        visitor_id as unit_id,
        occurred_at,
        is_click
    from events

    union all

    select
        'customer' as unit,
        user_id as unit_id,
        occurred_at,
        is_click
    from events

),

units as (

    select exposed.*
    from {{ ref('int_exposed_units') }} as exposed
    inner join experiments on exposed.experiment = experiments.experiment
    where exposed.is_counted

),

final as (

    select
        units.experiment,
        units.unit_id,
        -- The same in all rows of a unit.
        min(units.variant) as variant,
        min(units.exposed_date) as exposed_date,
        count(*) filter (where not events_of_units.is_click) as impressions,
        count(*) filter (where events_of_units.is_click) as clicks
    from units
    inner join events_of_units
        on
            units.unit = events_of_units.unit
            and units.unit_id = events_of_units.unit_id
            and units.exposed_at <= events_of_units.occurred_at
            and units.counted_until > events_of_units.occurred_at
    group by 1, 2

)

select * from final
