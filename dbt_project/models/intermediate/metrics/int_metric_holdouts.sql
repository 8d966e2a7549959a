{%- set by = {'campaign': 'messages.campaign_id', 'channel': 'messages.channel'} -%}
-- What people did after messages, and what those did who were held out of them, by window. Both
-- arms count persons. Who is in both is in neither: nothing tells what they would have done.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

messages as (

    select * from {{ ref('int_metric_message_days') }}
    where sent > 0 or first_held_out_at is not null

),

purchases as (

    select
        person_id,
        converted_at,
        converted_date,
        case when counts_as_revenue then value end as revenue
    from {{ ref('fct_conversions') }}
    where conversion_type = 'purchase'

),

people as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        messages.person_id,
        min(messages.first_sent_at) as treated_at,
        min(messages.first_held_out_at) as held_out_at
    from messages
    inner join windows on messages.date between windows.period_start and windows.period_end
    cross join {{ dimensions(['campaign', 'channel']) }}
    where {{ dimension_value(by) }} is not null
    group by 1, 2, 3, 4, 5, 6

),

people_in_arms as (

    select
        people.*,
        people.held_out_at is null as is_treated,
        coalesce(people.treated_at, people.held_out_at) as started_at
    from people
    where people.treated_at is null or people.held_out_at is null

),

-- What each bought from their first message of the window, or from being denied it, to its end.
buyers as (

    select
        people.period,
        people.is_previous,
        people.dimension,
        people.dimension_value,
        people.person_id,
        people.is_treated,
        coalesce(sum(cast(purchases.revenue as decimal(18, 6))), 0) as revenue
    from people_in_arms as people
    inner join purchases
        on
            people.person_id = purchases.person_id
            and people.period_end >= purchases.converted_date
            and people.started_at <= purchases.converted_at
    group by 1, 2, 3, 4, 5, 6

),

sizes as (

    select
        period,
        is_previous,
        period_end,
        dimension,
        dimension_value,
        count(*) filter (where held_out_at is null) as treated,
        count(*) filter (where treated_at is null) as held_out,
        count(*) filter (where treated_at is not null and held_out_at is not null) as in_both_arms
    from people
    group by 1, 2, 3, 4, 5

),

outcomes as (

    select
        period,
        is_previous,
        dimension,
        dimension_value,
        count(*) filter (where is_treated) as treated_converted,
        count(*) filter (where not is_treated) as held_out_converted,
        cast(sum(revenue) filter (where is_treated) as double) as treated_revenue,
        cast(sum(revenue) filter (where not is_treated) as double) as held_out_revenue,
        {{ exact_sum('case when is_treated then revenue * revenue end') }} as treated_squares,
        {{ exact_sum('case when not is_treated then revenue * revenue end') }} as held_out_squares
    from buyers
    group by 1, 2, 3, 4

),

spend as (

    select
        campaign_id,
        {{ exact_sum('spend') }} as spend
    from {{ ref('int_spend_days') }}
    group by 1

),

sent as (

    select
        campaign_id,
        sum(sent) as sent
    from messages
    group by 1

),

-- What landed as spent, or else what the campaign says it cost; a share for each message sent.
costs_per_message as (

    select
        sent.campaign_id,
        coalesce(spend.spend, cast(campaigns.cost as double)) / nullif(sent.sent, 0)
            as cost_per_message
    from sent
    left join spend on sent.campaign_id = spend.campaign_id
    left join {{ ref('stg_marketing__campaigns') }} as campaigns
        on sent.campaign_id = campaigns.campaign_id

),

costed as (

    select
        messages.campaign_id,
        messages.channel,
        messages.date,
        messages.sent,
        messages.sent * costs.cost_per_message as cost
    from messages
    left join costs_per_message as costs on messages.campaign_id = costs.campaign_id
    where messages.sent > 0

),

costs as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value({
            'campaign': 'costed.campaign_id', 'channel': 'costed.channel'
        }) }} as dimension_value,
        {{ exact_sum('costed.cost') }} as campaign_cost,
        count(*) - count(costed.cost) as messages_of_unknown_cost
    from costed
    inner join windows on costed.date between windows.period_start and windows.period_end
    cross join {{ dimensions(['campaign', 'channel']) }}
    where {{ dimension_value({
            'campaign': 'costed.campaign_id', 'channel': 'costed.channel'
        }) }} is not null
    group by 1, 2, 3, 4, 5

),

final as (

    select
        sizes.*,
        coalesce(outcomes.treated_converted, 0) as treated_converted,
        coalesce(outcomes.held_out_converted, 0) as held_out_converted,
        coalesce(outcomes.treated_revenue, 0) as treated_revenue,
        coalesce(outcomes.held_out_revenue, 0) as held_out_revenue,
        coalesce(outcomes.treated_squares, 0) as treated_squares,
        coalesce(outcomes.held_out_squares, 0) as held_out_squares,
        coalesce(costs.campaign_cost, 0) as campaign_cost,
        coalesce(costs.messages_of_unknown_cost, 0) as messages_of_unknown_cost
    from sizes
    left join outcomes
        on
            sizes.period = outcomes.period
            and sizes.is_previous = outcomes.is_previous
            and sizes.dimension = outcomes.dimension
            and sizes.dimension_value = outcomes.dimension_value
    left join costs
        on
            sizes.period = costs.period
            and sizes.is_previous = costs.is_previous
            and sizes.dimension = costs.dimension
            and sizes.dimension_value = costs.dimension_value

)

select * from final
