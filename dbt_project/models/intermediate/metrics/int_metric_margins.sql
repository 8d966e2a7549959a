-- Gross margin of all orders, and of those of people with each buying pattern. Spend is divided
-- among people as the revenue credited to its channel is, under the headline model; people with
-- several patterns are in each.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

patterns as (

    select
        person_id,
        behaviour
    from {{ ref('behaviours') }}

),

spend as (

    select
        spend_date as date,
        channel,
        {{ exact_sum('spend') }} as spend
    from {{ ref('int_spend_days') }}
    group by 1, 2

),

credits as (

    select
        converted_date as date,
        channel,
        person_id,
        {{ exact_sum('credited_value') }} as revenue
    from {{ ref('fct_credits') }}
    where
        attribution_model = {{ setting('headline_model') }}
        and counts_as_revenue
        and channel in (select spend.channel from spend)
    group by 1, 2, 3

),

margins as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        'all' as behaviour,
        orders.revenue,
        orders.margin
    from {{ ref('int_metric_order_margins') }} as orders
    inner join windows on orders.order_date between windows.period_start and windows.period_end

    union all

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        patterns.behaviour,
        orders.revenue,
        orders.margin
    from {{ ref('int_metric_order_margins') }} as orders
    inner join patterns on orders.person_id = patterns.person_id
    inner join windows on orders.order_date between windows.period_start and windows.period_end

),

margin_sums as (

    select
        period,
        is_previous,
        period_end,
        behaviour,
        {{ exact_sum('revenue') }} as revenue,
        {{ exact_sum('margin') }} as margin,
        coalesce({{ exact_sum('case when margin is not null then revenue end') }}, 0)
            as known_revenue,
        count(*) = count(margin) as is_known
    from margins
    group by 1, 2, 3, 4

),

spend_of_windows as (

    select
        windows.period,
        windows.is_previous,
        spend.channel,
        {{ exact_sum('spend.spend') }} as spend
    from spend
    inner join windows on spend.date between windows.period_start and windows.period_end
    group by 1, 2, 3

),

credits_of_windows as (

    select
        windows.period,
        windows.is_previous,
        credits.channel,
        credits.person_id,
        {{ exact_sum('credits.revenue') }} as revenue
    from credits
    inner join windows on credits.date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4

),

credits_of_channels as (

    select
        period,
        is_previous,
        channel,
        {{ exact_sum('revenue') }} as revenue
    from credits_of_windows
    group by 1, 2, 3

),

credits_of_patterns as (

    select
        credits.period,
        credits.is_previous,
        credits.channel,
        patterns.behaviour,
        {{ exact_sum('credits.revenue') }} as revenue
    from credits_of_windows as credits
    inner join patterns on credits.person_id = patterns.person_id
    group by 1, 2, 3, 4

),

costs as (

    select
        period,
        is_previous,
        'all' as behaviour,
        {{ exact_sum('spend') }} as cost
    from spend_of_windows
    group by 1, 2, 3

    union all

    select
        credits.period,
        credits.is_previous,
        credits.behaviour,
        {{ exact_sum('spend.spend * credits.revenue / nullif(channels.revenue, 0)') }} as cost
    from credits_of_patterns as credits
    inner join credits_of_channels as channels
        on
            credits.period = channels.period
            and credits.is_previous = channels.is_previous
            and credits.channel = channels.channel
    inner join spend_of_windows as spend
        on
            credits.period = spend.period
            and credits.is_previous = spend.is_previous
            and credits.channel = spend.channel
    group by 1, 2, 3

),

final as (

    select
        'gross_margin' as metric,
        case when margins.behaviour = 'all' then 'all' else 'behaviour' end as dimension,
        margins.behaviour as dimension_value,
        margins.period,
        margins.is_previous,
        margins.period_end,
        case when margins.is_known then margins.margin - coalesce(costs.cost, 0) end as numerator,
        margins.revenue as denominator,
        cast(null as double) as value,
        cast(null as double) as lower,
        cast(null as double) as upper,
        'unit costs known for ' || cast(
            {{ percent(safe_divide('margins.known_revenue', 'margins.revenue')) }} as string
        ) || ' % of revenue' as note,
        case when not margins.is_known then 'unit costs are missing' end as why_null
    from margin_sums as margins
    left join costs
        on
            margins.period = costs.period
            and margins.is_previous = costs.is_previous
            and margins.behaviour = costs.behaviour

)

select * from final
