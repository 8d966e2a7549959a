with

periods as (

    select cast(number as bigint) as period
    from ({{ numbers(1, customer_setting('cohorts_periods')) }}) as counted

),

by_channel as (

    select * from {{ ref('int_cohort_buyers') }}

),

-- Every cohort twice: by acquisition channel, and all channels together.
buyers as (

    select
        cohort_month,
        acquisition_channel,
        periods_passed,
        periods_ordered,
        periods_to_last_order,
        buyers,
        repeat_buyers
    from by_channel

    union all

    select
        cohort_month,
        'all' as acquisition_channel,
        periods_passed,
        periods_ordered,
        periods_to_last_order,
        buyers,
        repeat_buyers
    from by_channel

),

sizes as (

    select
        cohort_month,
        acquisition_channel,
        cast(sum(buyers) as bigint) as buyers,
        cast(sum(repeat_buyers) as bigint) as repeat_buyers
    from buyers
    group by 1, 2

),

-- Who first bought 50 days ago cannot have come back on day 61: only who is old enough counts.
counted as (

    select
        buyers.cohort_month,
        buyers.acquisition_channel,
        periods.period,
        cast(sum(buyers.buyers) as bigint) as eligible_buyers,
        cast(coalesce(sum(buyers.buyers) filter (
            where (buyers.periods_ordered & {{ bit('periods.period') }}) <> 0
        ), 0) as bigint) as ordered_in_period,
        cast(coalesce(sum(buyers.buyers) filter (
            where (buyers.periods_ordered & ({{ bit('periods.period + 1') }} - 1)) <> 0
        ), 0) as bigint) as ordered_within,
        cast(coalesce(sum(buyers.buyers) filter (
            where buyers.periods_to_last_order >= periods.period
        ), 0) as bigint) as ordered_on_or_after
    from buyers
    inner join periods on buyers.periods_passed >= periods.period
    group by 1, 2, 3

),

payments as (

    select
        cohort_month,
        acquisition_channel,
        periods_passed,
        period,
        revenue,
        unknown_payments
    from {{ ref('int_cohort_revenue') }}

    union all

    select
        cohort_month,
        'all' as acquisition_channel,
        periods_passed,
        period,
        revenue,
        unknown_payments
    from {{ ref('int_cohort_revenue') }}

),

revenue as (

    select
        payments.cohort_month,
        payments.acquisition_channel,
        periods.period,
        case when sum(payments.unknown_payments) = 0 then sum(payments.revenue) end as revenue
    from payments
    inner join periods
        on payments.periods_passed >= periods.period and payments.period <= periods.period
    group by 1, 2, 3

),

final as (

    select
        ---------- dates
        sizes.cohort_month,

        ---------- strings
        sizes.acquisition_channel,

        ---------- numerics
        periods.period * 30 as period_days,
        sizes.buyers,
        coalesce(counted.eligible_buyers, 0) as eligible_buyers,
        coalesce(counted.ordered_in_period, 0) as ordered_in_period,
        coalesce(counted.ordered_within, 0) as ordered_within,
        coalesce(counted.ordered_on_or_after, 0) as ordered_on_or_after,
        {{ safe_divide('counted.ordered_in_period', 'counted.eligible_buyers') }}
            as retention_in_period,
        {{ safe_divide('counted.ordered_within', 'counted.eligible_buyers') }} as retention_within,
        {{ safe_divide('counted.ordered_on_or_after', 'counted.eligible_buyers') }}
            as retention_on_or_after,
        sizes.repeat_buyers,
        {{ safe_divide('sizes.repeat_buyers', 'sizes.buyers') }} as repeat_purchase_rate,
        cast(revenue.revenue as double) as revenue,
        {{ safe_divide('revenue.revenue', 'counted.eligible_buyers') }} as ltv,

        ---------- booleans
        coalesce(counted.eligible_buyers = sizes.buyers, false) as is_complete

    from sizes
    cross join periods
    left join counted
        on
            sizes.cohort_month = counted.cohort_month
            and sizes.acquisition_channel = counted.acquisition_channel
            and periods.period = counted.period
    left join revenue
        on
            sizes.cohort_month = revenue.cohort_month
            and sizes.acquisition_channel = revenue.acquisition_channel
            and periods.period = revenue.period

)

select * from final
