-- The first month after which customers have brought in what they cost. Those of the 365 days up to
-- the end of a window are followed month by month, each month by those who have had it whole.
with

settings as (

    select metric_minimum_persons as minimum_persons from {{ ref('stg_workspace__settings') }}

),

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

orders as (

    select
        person_id,
        revenue,
        margin,
        cast(floor(days_since_first_paid_order / 30) + 1 as bigint) as month,
        cast({{ add_days('order_date', '-days_since_first_paid_order') }} as date) as first_date
    from {{ ref('int_metric_order_margins') }}

),

first_days as (

    select
        first_date,
        cast(count(distinct person_id) as double) as customers
    from orders
    group by 1

),

margin_days as (

    select
        first_date,
        month,
        {{ exact_sum('margin') }} as margin,
        count(*) - count(margin) as unknown_orders
    from orders
    group by 1, 2

),

months as (

    select number as month from ({{ numbers(1, 12) }}) as counted

),

eligible as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        months.month,
        sum(first_days.customers) as customers
    from windows
    cross join months
    inner join first_days
        on
            {{ days_between('first_days.first_date', 'windows.period_end') }} < 365
            and {{ days_between('first_days.first_date', 'windows.period_end') }} + 1
            >= 30 * months.month
    group by 1, 2, 3, 4

),

earned as (

    select
        windows.period,
        windows.is_previous,
        margin_days.month,
        {{ exact_sum('margin_days.margin') }} as margin,
        sum(margin_days.unknown_orders) as unknown_orders
    from windows
    inner join margin_days
        on
            {{ days_between('margin_days.first_date', 'windows.period_end') }} < 365
            and {{ days_between('margin_days.first_date', 'windows.period_end') }} + 1
            >= 30 * margin_days.month
    group by 1, 2, 3

),

cumulated as (

    select
        eligible.period,
        eligible.is_previous,
        eligible.period_end,
        eligible.month,
        eligible.customers,
        {{ exact_sum(
            'coalesce(earned.margin, 0) / eligible.customers', 'over months_so_far'
        ) }} as margin_per_customer,
        sum(coalesce(earned.unknown_orders, 0)) over months_so_far as unknown_orders
    from eligible
    cross join settings
    left join earned
        on
            eligible.period = earned.period
            and eligible.is_previous = earned.is_previous
            and eligible.month = earned.month
    where eligible.customers >= settings.minimum_persons
    window months_so_far as (
        partition by eligible.period, eligible.is_previous order by eligible.month
    )

),

acquisition as (

    select
        windows.period,
        windows.is_previous,
        {{ exact_sum("case when days.measure = 'spend' then days.amount end") }}
        / nullif(
            {{ exact_sum("case when days.measure = 'new_customers' then days.amount end") }}, 0
        ) as cac
    from windows
    inner join {{ ref('int_metric_days') }} as days
        on
            days.dimension = 'all'
            and days.measure in ('spend', 'new_customers')
            and days.date <= windows.period_end
            and {{ days_between('days.date', 'windows.period_end') }} < 365
    group by 1, 2

),

paid_back as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        acquisition.cac,
        min(cumulated.month) filter (where cumulated.margin_per_customer >= acquisition.cac)
            as months,
        max(cumulated.month) as months_seen,
        max(cumulated.customers) as customers,
        max(cumulated.unknown_orders) as unknown_orders
    from windows
    left join acquisition
        on
            windows.period = acquisition.period
            and windows.is_previous = acquisition.is_previous
    left join cumulated
        on
            windows.period = cumulated.period
            and windows.is_previous = cumulated.is_previous
    group by 1, 2, 3, 4

),

final as (

    select
        'cac_payback_months' as metric,
        'all' as dimension,
        'all' as dimension_value,
        period,
        is_previous,
        period_end,
        cast(null as double) as numerator,
        customers as denominator,
        case when unknown_orders = 0 then cast(months as double) end as value,
        cast(null as double) as lower,
        cast(null as double) as upper,
        'months of 30 days, of which ' || cast(coalesce(months_seen, 0) as string) || ' were seen'
            as note,
        case
            when cac is null then 'no spend, or no new customers credited to it'
            when months_seen is null then 'too few customers are 30 days old'
            when unknown_orders > 0 then 'unit costs are missing'
            when months is null
                then 'not paid back in the ' || cast(months_seen as string) || ' months seen'
        end as why_null
    from paid_back

)

select * from final
