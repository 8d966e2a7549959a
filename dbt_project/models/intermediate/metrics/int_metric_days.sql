{%- set by = {
    'campaign': 'facts.campaign_id', 'channel': 'facts.channel', 'segment': 'facts.segment'
} -%}
-- What can be added up over days, before any ratio is made of it. Money is credited and divided
-- only among what money is spent on: revenue of direct visits is no return on ads.
with

spend_days as (

    select * from {{ ref('int_spend_days') }}

),

budgets as (

    select campaign_id
    from {{ ref('int_campaign_budgets') }}
    where planned_per_day is not null

),

segments as (

    select
        person_id,
        segment
    from {{ ref('rfm') }}

),

spend as (

    select
        spend_days.spend_date as date,
        spend_days.campaign_id,
        spend_days.channel,
        measures.measure,
        case measures.measure
            when 'spend' then spend_days.spend
            when 'budgeted_spend' then case when budgets.campaign_id is not null then spend end
            when 'impressions' then spend_days.impressions
            when 'clicks' then spend_days.clicks
            -- A source that tells of no clicks, or of no impressions, is in no ratio of them.
            when 'clicked_spend' then case when spend_days.clicks is not null then spend end
            when 'clicked_impressions'
                then case when spend_days.clicks is not null then spend_days.impressions end
            when 'viewed_clicks'
                then case when spend_days.impressions is not null then spend_days.clicks end
        end as amount
    from spend_days
    left join budgets on spend_days.campaign_id = budgets.campaign_id
    cross join (
        values
        ('spend'),
        ('budgeted_spend'),
        ('impressions'),
        ('clicks'),
        ('clicked_spend'),
        ('clicked_impressions'),
        ('viewed_clicks')
    ) as measures (measure)

),

converting_sessions as (

    select
        touched_date as date,
        campaign_id,
        channel,
        count(*) as amount
    from {{ ref('fct_touchpoints') }}
    where
        is_creditable
        and session_id in (
            select conversions.session_id
            from {{ ref('fct_conversions') }} as conversions
            where conversions.conversion_type = 'purchase' and conversions.session_id is not null
        )
    group by 1, 2, 3

),

-- Every goal on orders makes a conversion of an order, in the same session.
order_sources as (

    select
        order_id,
        min(channel) as channel,
        min(campaign_id) as campaign_id
    from {{ ref('fct_conversions') }}
    where order_id is not null
    group by 1

),

orders as (

    select
        orders.order_date as date,
        order_sources.campaign_id,
        order_sources.channel,
        order_segments.segment,
        orders.net_revenue
    from {{ ref('fct_orders') }} as orders
    left join order_sources on orders.order_id = order_sources.order_id
    left join {{ ref('int_order_segments') }} as order_segments
        on orders.order_id = order_segments.order_id
    where orders.is_paid and orders.net_revenue is not null

),

-- A buyer is in the day on which their first 30, 60 or 90 days are over.
matured_buyers as (

    select
        cast({{ add_days('buyers.first_order_date', 'ages.age_days') }} as date) as date,
        channels.acquisition_channel as channel,
        segments.segment,
        ages.age_days,
        case
            when
                (buyers.periods_ordered & ({{ bit('ages.age_days / 30 + 1') }} - 1)) <> 0 then 1
            else 0
        end as has_returned
    from {{ ref('int_buyers') }} as buyers
    cross join (
        values
        (30),
        (60),
        (90)
    ) as ages (age_days)
    left join {{ ref('int_acquisition_channels') }} as channels
        on buyers.person_id = channels.person_id
    left join segments on buyers.person_id = segments.person_id
    where buyers.orders > 0

),

facts as (

    select
        date,
        campaign_id,
        channel,
        cast(null as string) as segment,
        measure,
        amount
    from spend

    union all

    select
        date,
        campaign_id,
        channel,
        null as segment,
        'converting_sessions' as measure,
        amount
    from converting_sessions

    union all

    select
        date,
        campaign_id,
        channel,
        segment,
        'order_revenue' as measure,
        net_revenue as amount
    from orders

    union all

    select
        date,
        campaign_id,
        channel,
        segment,
        'paid_orders' as measure,
        1 as amount
    from orders

    union all

    select
        date,
        null as campaign_id,
        channel,
        segment,
        'matured_' || age_days as measure,
        1 as amount
    from matured_buyers

    union all

    select
        date,
        null as campaign_id,
        channel,
        segment,
        'returned_' || age_days as measure,
        has_returned as amount
    from matured_buyers

),

added_up as (

    select
        facts.date,
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        facts.measure,
        {{ exact_sum('facts.amount') }} as amount
    from facts
    cross join {{ dimensions(['campaign', 'channel', 'segment']) }}
    where facts.amount is not null and {{ dimension_value(by) }} is not null
    group by 1, 2, 3, 4

),

visits as (

    select
        visit_date as date,
        dimension,
        dimension_value,
        visits
    from {{ ref('int_visit_days') }}
    where dimension_value is not null

    union all

    select
        visit_date as date,
        'all' as dimension,
        'all' as dimension_value,
        visits
    from {{ ref('int_visit_days') }}
    where dimension = 'channel'

),

credits as (

    select
        date,
        'channel' as dimension,
        channel as dimension_value,
        revenue,
        new_customers
    from {{ ref('channel_days') }}
    where
        attribution_model = {{ setting('headline_model') }}
        and channel in (select spend_days.channel from spend_days)

    union all

    select
        date,
        'campaign' as dimension,
        campaign_id as dimension_value,
        revenue,
        new_customers
    from {{ ref('campaign_days') }}
    where
        attribution_model = {{ setting('headline_model') }}
        and campaign_id in (select spend_days.campaign_id from spend_days)

),

credited as (

    select * from credits
    union all
    select
        date,
        'all' as dimension,
        'all' as dimension_value,
        revenue,
        new_customers
    from credits
    where dimension = 'channel'

),

final as (

    select * from added_up

    union all

    select
        date,
        dimension,
        dimension_value,
        'sessions' as measure,
        cast(sum(visits) as double) as amount
    from visits
    group by 1, 2, 3

    union all

    select
        date,
        dimension,
        dimension_value,
        'attributed_revenue' as measure,
        {{ exact_sum('revenue') }} as amount
    from credited
    group by 1, 2, 3

    union all

    select
        date,
        dimension,
        dimension_value,
        'new_customers' as measure,
        {{ exact_sum('new_customers') }} as amount
    from credited
    group by 1, 2, 3

)

select * from final
