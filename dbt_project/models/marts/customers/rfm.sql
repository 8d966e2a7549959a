with

buyers as (

    select
        person_id,
        days_since_last_order as recency_days,
        orders as frequency,
        cast(revenue as double) as monetary,
        cast(gross_revenue as double) as gross_monetary
    from {{ ref('int_buyers') }}
    where orders > 0

),

-- Cut on values and not by counting people off: equals stay together, however many they are.
cuts as (

    select
        {{ fifths('recency_days') }} as recency,
        {{ fifths('frequency') }} as frequency,
        {{ fifths('monetary') }} as monetary
    from buyers

),

scored as (

    select
        buyers.*,
        case
            when buyers.recency_days <= {{ nth('cuts.recency', 1) }} then 5
            when buyers.recency_days <= {{ nth('cuts.recency', 2) }} then 4
            when buyers.recency_days <= {{ nth('cuts.recency', 3) }} then 3
            when buyers.recency_days <= {{ nth('cuts.recency', 4) }} then 2
            else 1
        end as recency_score,
        case
            when buyers.frequency <= {{ nth('cuts.frequency', 1) }} then 1
            when buyers.frequency <= {{ nth('cuts.frequency', 2) }} then 2
            when buyers.frequency <= {{ nth('cuts.frequency', 3) }} then 3
            when buyers.frequency <= {{ nth('cuts.frequency', 4) }} then 4
            else 5
        end as frequency_score,
        case
            when buyers.monetary <= {{ nth('cuts.monetary', 1) }} then 1
            when buyers.monetary <= {{ nth('cuts.monetary', 2) }} then 2
            when buyers.monetary <= {{ nth('cuts.monetary', 3) }} then 3
            when buyers.monetary <= {{ nth('cuts.monetary', 4) }} then 4
            when buyers.monetary is not null then 5
        end as monetary_score
    from buyers
    cross join cuts

),

final as (

    select
        ---------- ids
        scored.person_id,

        ---------- strings
        segments.segment,

        ---------- numerics
        scored.recency_days,
        scored.frequency,
        scored.monetary,
        scored.gross_monetary,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        segments.value_score

    from scored
    left join {{ ref('rfm_segments') }} as segments
        on
            scored.recency_score = segments.recency_score
            and floor((scored.frequency_score + scored.monetary_score + 1) / 2)
            = segments.value_score

)

select * from final
