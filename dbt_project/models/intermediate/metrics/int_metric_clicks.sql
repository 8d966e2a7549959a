{%- set by = {'campaign': 'clicks.campaign_id', 'channel': 'clicks.channel'} -%}
-- Persons who came by a campaign, and those of them who purchased afterwards within the window. A
-- click on an ad shows as the session it begins, a click on a message as the sending tool tells.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

clicks as (

    select
        person_id,
        campaign_id,
        channel,
        date,
        first_clicked_at as clicked_at
    from {{ ref('int_metric_message_days') }}
    where clicked > 0

    union all

    select
        person_id,
        campaign_id,
        channel,
        touched_date as date,
        min(touched_at) as clicked_at
    from {{ ref('fct_touchpoints') }}
    where is_creditable and campaign_id is not null
    group by 1, 2, 3, 4

),

people as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        clicks.person_id,
        min(clicks.clicked_at) as first_clicked_at
    from clicks
    inner join windows on clicks.date between windows.period_start and windows.period_end
    cross join {{ dimensions(['campaign', 'channel']) }}
    where {{ dimension_value(by) }} is not null
    group by 1, 2, 3, 4, 5, 6

),

-- Whoever purchased after their first click did so at their last purchase at the latest.
purchases as (

    select
        windows.period,
        windows.is_previous,
        conversions.person_id,
        max(conversions.converted_at) as last_purchase_at
    from {{ ref('fct_conversions') }} as conversions
    inner join windows
        on conversions.converted_date between windows.period_start and windows.period_end
    where conversions.conversion_type = 'purchase'
    group by 1, 2, 3

),

converted as (

    select
        people.*,
        segments.segment,
        coalesce(purchases.last_purchase_at >= people.first_clicked_at, false) as has_converted
    from people
    left join purchases
        on
            people.person_id = purchases.person_id
            and people.period = purchases.period
            and people.is_previous = purchases.is_previous
    left join {{ ref('rfm') }} as segments on people.person_id = segments.person_id

),

counted as (

    select
        period,
        is_previous,
        period_end,
        dimension,
        dimension_value,
        count(*) as clicking_persons,
        count(*) filter (where has_converted) as converting_persons
    from converted
    group by 1, 2, 3, 4, 5

    union all

    select
        period,
        is_previous,
        period_end,
        'segment' as dimension,
        segment as dimension_value,
        count(*) as clicking_persons,
        count(*) filter (where has_converted) as converting_persons
    from converted
    where dimension = 'all' and segment is not null
    group by 1, 2, 3, 4, 5

),

final as (

    {{ measures_of('counted', ['clicking_persons', 'converting_persons']) }}

)

select * from final
