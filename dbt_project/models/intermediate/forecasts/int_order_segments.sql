-- The segment a buyer was in just before each paid order, by today's cuts. Grouping past revenue by
-- today's segments instead would put all who bought lately into the best ones, whose forecast
-- would then be too high.
with

orders as (

    select
        order_id,
        person_id,
        ordered_at,
        order_date,
        net_revenue
    from {{ ref('fct_orders') }}
    where is_paid and {{ can_return('person_id') }}

),

-- What each score reaches up to, as customers.rfm has cut it today.
cuts as (

    select
        max(recency_days) filter (where recency_score = 5) as recency_5,
        max(recency_days) filter (where recency_score >= 4) as recency_4,
        max(recency_days) filter (where recency_score >= 3) as recency_3,
        max(recency_days) filter (where recency_score >= 2) as recency_2,
        max(frequency) filter (where frequency_score <= 1) as frequency_1,
        max(frequency) filter (where frequency_score <= 2) as frequency_2,
        max(frequency) filter (where frequency_score <= 3) as frequency_3,
        max(frequency) filter (where frequency_score <= 4) as frequency_4,
        max(monetary) filter (where monetary_score <= 1) as monetary_1,
        max(monetary) filter (where monetary_score <= 2) as monetary_2,
        max(monetary) filter (where monetary_score <= 3) as monetary_3,
        max(monetary) filter (where monetary_score <= 4) as monetary_4
    from {{ ref('rfm') }}

),

before as (

    select
        order_id,
        {{ days_between('lag(order_date) over orders_of_person', 'order_date') }} as recency_days,
        row_number() over orders_of_person - 1 as frequency,
        sum(cast(net_revenue as decimal(38, 6))) over (
            partition by person_id order by ordered_at, order_id
            rows between unbounded preceding and 1 preceding
        ) as monetary
    from orders
    window orders_of_person as (partition by person_id order by ordered_at, order_id)

),

scored as (

    select
        before.order_id,
        before.frequency = 0 as is_first,
        case
            when before.recency_days <= cuts.recency_5 then 5
            when before.recency_days <= cuts.recency_4 then 4
            when before.recency_days <= cuts.recency_3 then 3
            when before.recency_days <= cuts.recency_2 then 2
            else 1
        end as recency_score,
        case
            when before.frequency <= cuts.frequency_1 then 1
            when before.frequency <= cuts.frequency_2 then 2
            when before.frequency <= cuts.frequency_3 then 3
            when before.frequency <= cuts.frequency_4 then 4
            else 5
        end as frequency_score,
        case
            when before.monetary <= cuts.monetary_1 then 1
            when before.monetary <= cuts.monetary_2 then 2
            when before.monetary <= cuts.monetary_3 then 3
            when before.monetary <= cuts.monetary_4 then 4
            when before.monetary is not null then 5
        end as monetary_score
    from before
    cross join cuts

),

final as (

    select
        scored.order_id,
        case when scored.is_first then 'Prospects' else segments.segment end as segment
    from scored
    left join {{ ref('rfm_segments') }} as segments
        on
            scored.recency_score = segments.recency_score
            and floor((scored.frequency_score + scored.monetary_score + 1) / 2)
            = segments.value_score

)

select * from final
