-- Customers who came back, and what a customer is worth in the first 365 days: of everybody who
-- has had them at the end of a window, and beside it, to date, of who has not.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

traits as (

    select
        buyers.person_id,
        channels.acquisition_channel as channel,
        segments.segment
    from {{ ref('int_buyers') }} as buyers
    left join {{ ref('int_acquisition_channels') }} as channels
        on buyers.person_id = channels.person_id
    left join {{ ref('rfm') }} as segments on buyers.person_id = segments.person_id

),

orders as (

    select
        person_id,
        order_date as date,
        cast({{ add_days('order_date', '-days_since_first_paid_order') }} as date) as first_date,
        cast(net_revenue as decimal(18, 6)) as amount
    from {{ ref('fct_orders') }}
    where is_paid and {{ can_return('person_id') }}

),

first_orders as (

    select
        person_id,
        min(first_date) as first_date
    from orders
    group by 1

),

-- A refund that names no order still was paid to somebody.
payments as (

    select * from orders

    union all

    select
        refunds.customer_id as person_id,
        refunds.refund_date as date,
        first_orders.first_date,
        -refunds.amount as amount
    from {{ ref('int_refunds_converted') }} as refunds
    inner join first_orders on refunds.customer_id = first_orders.person_id
    where not refunds.is_linked

),

first_years as (

    select
        payments.first_date,
        traits.channel,
        traits.segment,
        count(distinct payments.person_id) as customers,
        sum(payments.amount) filter (
            where {{ days_between('payments.first_date', 'payments.date') }} < 365
        ) as revenue,
        count(*) filter (
            where
            payments.amount is null
            and {{ days_between('payments.first_date', 'payments.date') }} < 365
        ) as unknown_payments
    from payments
    inner join traits on payments.person_id = traits.person_id
    group by 1, 2, 3

),

mature as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        dimensions.dimension,
        {{ dimension_value({'channel': 'first_years.channel', 'segment': 'first_years.segment'}) }}
            as dimension_value,
        sum(first_years.customers) as mature_customers,
        -- One payment without a rate makes the sum unknown, not smaller.
        case
            when sum(first_years.unknown_payments) = 0 then sum(first_years.revenue)
        end as mature_revenue
    from first_years
    inner join windows
        on first_years.first_date <= cast({{ add_days('windows.period_end', -365) }} as date)
    cross join {{ dimensions(['channel', 'segment']) }}
    where
        {{ dimension_value({'channel': 'first_years.channel', 'segment': 'first_years.segment'}) }}
        is not null
    group by 1, 2, 3, 4, 5

),

first_days as (

    select
        first_date,
        count(*) as customers
    from first_orders
    group by 1

),

payment_days as (

    select
        first_date,
        date,
        sum(amount) as revenue,
        count(*) - count(amount) as unknown_payments
    from payments
    group by 1, 2

),

young_customers as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        sum(first_days.customers) as customers
    from windows
    inner join first_days
        on
            first_days.first_date <= windows.period_end
            and first_days.first_date
            > cast({{ add_days('windows.period_end', -365) }} as date)
    group by 1, 2, 3

),

young_revenue as (

    select
        windows.period,
        windows.is_previous,
        case
            when sum(payment_days.unknown_payments) = 0 then sum(payment_days.revenue)
        end as revenue
    from windows
    inner join payment_days
        on
            payment_days.date <= windows.period_end
            and payment_days.first_date <= windows.period_end
            and payment_days.first_date
            > cast({{ add_days('windows.period_end', -365) }} as date)
    group by 1, 2

),

young as (

    select
        young_customers.period,
        young_customers.is_previous,
        young_customers.period_end,
        'maturity' as dimension,
        'to date' as dimension_value,
        young_customers.customers as mature_customers,
        young_revenue.revenue as mature_revenue
    from young_customers
    inner join young_revenue
        on
            young_customers.period = young_revenue.period
            and young_customers.is_previous = young_revenue.is_previous

),

buyers_of_windows as (

    select
        windows.period,
        windows.is_previous,
        windows.period_end,
        orders.person_id,
        count(*) as orders
    from orders
    inner join windows
        on
            windows.period = '90d'
            and orders.date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4

),

returned as (

    select
        buyers.period,
        buyers.is_previous,
        buyers.period_end,
        dimensions.dimension,
        {{ dimension_value({'channel': 'traits.channel', 'segment': 'traits.segment'}) }}
            as dimension_value,
        count(*) as buyers,
        count(*) filter (where buyers.orders > 1) as repeat_buyers
    from buyers_of_windows as buyers
    inner join traits on buyers.person_id = traits.person_id
    cross join {{ dimensions(['channel', 'segment']) }}
    where
        {{ dimension_value({'channel': 'traits.channel', 'segment': 'traits.segment'}) }}
        is not null
    group by 1, 2, 3, 4, 5

),

final as (

    {{ measures_of('mature', ['mature_customers', 'mature_revenue']) }}

    union all

    {{ measures_of('young', ['mature_customers', 'mature_revenue']) }}

    union all

    {{ measures_of('returned', ['buyers', 'repeat_buyers']) }}

)

select * from final
