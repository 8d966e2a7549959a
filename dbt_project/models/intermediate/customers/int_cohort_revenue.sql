-- What each cohort paid, by the 30-day period after the first order in which it did; period 0 is
-- the day of the first order. Refunds that name no order count when they were paid.
with

buyers as (

    select
        buyers.person_id,
        buyers.first_order_date,
        {{ days_between('buyers.first_order_date', setting('as_of')) }} as age_days,
        coalesce(channels.acquisition_channel, 'unattributed') as acquisition_channel
    from {{ ref('int_buyers') }} as buyers
    left join {{ ref('int_acquisition_channels') }} as channels
        on buyers.person_id = channels.person_id
    where buyers.orders > 0

),

payments as (

    select
        person_id,
        cast(net_revenue as decimal(18, 6)) as amount,
        order_date as paid_date
    from {{ ref('fct_orders') }}
    where is_paid and {{ can_return('person_id') }}

    union all

    select
        customer_id as person_id,
        -amount as amount,
        refund_date as paid_date
    from {{ ref('int_refunds_converted') }}
    where not is_linked and customer_id is not null

),

final as (

    select
        cast(date_trunc('month', buyers.first_order_date) as date) as cohort_month,
        buyers.acquisition_channel,
        cast(floor(buyers.age_days / 30.0) as bigint) as periods_passed,
        cast(ceil(greatest(
            {{ days_between('buyers.first_order_date', 'payments.paid_date') }}, 0
        ) / 30.0) as bigint) as period,
        sum(payments.amount) as revenue,
        -- One payment without a rate makes the sum unknown, not smaller.
        count(*) - count(payments.amount) as unknown_payments
    from payments
    inner join buyers on payments.person_id = buyers.person_id
    group by 1, 2, 3, 4

)

select * from final
