-- Buyers as they stood one and two churn windows ago, and whether they bought in the window after.
-- A sample is enough to fit six coefficients, and the same one every time.
{%- set sample = 200000 %}
with

settings as (

    select
        {{ customer_setting('churn_horizon_days') }} as horizon_days,
        {{ churn_cut(1) }} as held_back_date,
        {{ churn_cut(2) }} as training_date,
        (
            select greatest(cast(ceil(count(*) / {{ sample }}.0) as bigint), 1)
            from {{ ref('int_buyers') }}
        )
            as one_in
    from {{ ref('stg_workspace__settings') }}

),

snapshots as (

    select
        'held_back' as snapshot,
        held_back_date as snapshot_date,
        horizon_days
    from settings
    union all
    select
        'training' as snapshot,
        training_date as snapshot_date,
        horizon_days
    from settings

),

days as (

    select
        orders.person_id,
        orders.order_date,
        -- Before refunds, which may have come after the snapshot.
        case
            when count(*) = count(orders.gross_revenue)
                then sum(cast(orders.gross_revenue as decimal(18, 6)))
        end as gross_revenue
    from {{ ref('fct_orders') }} as orders
    cross join settings
    where
        orders.is_counted
        and {{ can_return('orders.person_id') }}
        and {{ sample_part('orders.person_id', 'settings.one_in') }} = 0
    group by 1, 2

),

pasts as (

    select
        snapshots.snapshot,
        snapshots.snapshot_date,
        snapshots.horizon_days,
        days.person_id,
        min(days.order_date) as first_order_date,
        max(days.order_date) filter (where days.order_date <= snapshots.snapshot_date)
            as last_order_date,
        count(*) filter (where days.order_date <= snapshots.snapshot_date) - 1 as repeat_purchases,
        case
            when
                count(*) filter (where days.order_date <= snapshots.snapshot_date)
                = count(days.gross_revenue) filter (
                    where days.order_date <= snapshots.snapshot_date
                )
                then {{ safe_divide(
                    'sum(days.gross_revenue) filter (where days.order_date <= snapshots.snapshot_date)',
                    'count(*) filter (where days.order_date <= snapshots.snapshot_date)'
                ) }}
        end as average_value,
        count(*) filter (
            where
            days.order_date <= snapshots.snapshot_date
            and {{ days_between('days.order_date', 'snapshots.snapshot_date') }}
            < snapshots.horizon_days
        ) as recent_purchases,
        count(*) filter (
            where
            days.order_date > snapshots.snapshot_date
            and {{ days_between('snapshots.snapshot_date', 'days.order_date') }}
            <= snapshots.horizon_days
        ) = 0 as has_churned
    from days
    cross join snapshots
    group by 1, 2, 3, 4

),

final as (

    select
        snapshot,
        person_id,
        repeat_purchases,
        average_value,
        recent_purchases,
        has_churned,
        snapshot_date,
        {{ days_between('first_order_date', 'last_order_date') }} as recency_days,
        {{ days_between('first_order_date', 'snapshot_date') }} as age_days
    from pasts
    -- Nobody is a customer before the first order.
    where first_order_date <= snapshot_date

)

select * from final
