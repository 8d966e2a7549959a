-- Buyers alike in when they first bought, what brought them and whether they came back.
with

final as (

    select
        cast(date_trunc('month', buyers.first_order_date) as date) as cohort_month,
        coalesce(channels.acquisition_channel, 'unattributed') as acquisition_channel,
        buyers.periods_ordered,
        -- Periods that have passed since the first order, and that the last order came after.
        cast(floor(
            {{ days_between('buyers.first_order_date', setting('as_of')) }} / 30.0
        ) as bigint) as periods_passed,
        cast(floor(
            {{ days_between('buyers.first_order_date', 'buyers.last_order_date') }} / 30.0
        ) as bigint) as periods_to_last_order,
        count(*) as buyers,
        count(*) filter (where buyers.orders > 1) as repeat_buyers
    from {{ ref('int_buyers') }} as buyers
    left join {{ ref('int_acquisition_channels') }} as channels
        on buyers.person_id = channels.person_id
    where buyers.orders > 0
    group by 1, 2, 3, 4, 5

)

select * from final
