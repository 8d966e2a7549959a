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
        count(*) filter (where not events.is_click) as impressions,
        count(*) filter (where events.is_click) as clicks
    from units
    inner join events
        on
            units.unit_id
            = case when units.unit = 'customer' then events.user_id else events.visitor_id end
            and units.exposed_at <= events.occurred_at
            and units.counted_until > events.occurred_at
    group by 1, 2

)

select * from final
