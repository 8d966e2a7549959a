-- What every score of buyers starts from, in one pass over all orders. When people buy is told by
-- counted orders, free ones included, those of one day being one purchase; what they are worth and
-- when they count as customers, by paid ones.
with

orders as (

    select
        person_id,
        -- Clocks differ by minutes, which may be those around midnight.
        least(order_date, {{ setting('as_of') }}) as order_date,
        is_paid,
        days_since_first_order,
        days_since_first_paid_order,
        cast(net_revenue as decimal(18, 6)) as net_revenue,
        cast(gross_revenue as decimal(18, 6)) as gross_revenue,
        coalesce(days_since_previous_order, 1) > 0 as is_first_of_day
    from {{ ref('fct_orders') }}
    where is_counted and {{ can_return('person_id') }}

),

per_person as (

    select
        person_id,
        min(order_date) as first_purchase_date,
        max(order_date) as last_purchase_date,
        count(*) filter (where is_first_of_day) as purchase_days,
        count(*) filter (
            where
            is_first_of_day
            and {{ days_between('order_date', setting('as_of')) }}
            < {{ customer_setting('churn_horizon_days') }}
        ) as recent_purchases,
        min(order_date) filter (where is_paid) as first_order_date,
        max(order_date) filter (where is_paid) as last_order_date,
        count(*) filter (where is_paid) as orders,
        -- One order without a rate makes the sum unknown, not smaller.
        case when count(*) = count(net_revenue) then sum(net_revenue) end as net_revenue,
        case when count(*) = count(gross_revenue) then sum(gross_revenue) end as gross_revenue,
        sum(net_revenue) filter (where days_since_first_order = 0) as first_day_revenue,
        -- What comes after bit 62 shares it; settings end at 60.
        bit_or(
            case
                when days_since_first_paid_order > 0
                    then {{ bit('least(ceil(days_since_first_paid_order / 30.0), 62)') }}
                else 0
            end
        ) as periods_ordered
    from orders
    group by 1

),

-- A refund that names no order still was paid to somebody.
unlinked as (

    select
        customer_id as person_id,
        case when count(*) = count(amount) then sum(amount) end as refunds
    from {{ ref('int_refunds_converted') }}
    where not is_linked and customer_id is not null
    group by 1

),

final as (

    select
        per_person.person_id,
        per_person.orders,
        per_person.purchase_days,
        per_person.purchase_days - 1 as repeat_purchases,
        per_person.recent_purchases,
        per_person.periods_ordered,
        per_person.gross_revenue,
        per_person.net_revenue
        - case when unlinked.person_id is null then 0 else unlinked.refunds end as revenue,
        {{ safe_divide('per_person.gross_revenue', 'per_person.purchase_days') }} as average_value,
        -- What a repeated purchase came to; the first one is often unlike the others.
        {{ safe_divide(
            'per_person.net_revenue - per_person.first_day_revenue', 'per_person.purchase_days - 1'
        ) }} as repeat_value,
        {{ days_between('per_person.last_order_date', setting('as_of')) }} as days_since_last_order,
        {{ days_between('per_person.first_purchase_date', 'per_person.last_purchase_date') }}
            as recency_days,
        {{ days_between('per_person.first_purchase_date', setting('as_of')) }} as age_days,
        per_person.first_order_date,
        per_person.last_order_date
    from per_person
    left join unlinked on per_person.person_id = unlinked.person_id

)

select * from final
