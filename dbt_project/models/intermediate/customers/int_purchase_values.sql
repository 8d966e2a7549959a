-- What Gamma-Gamma sees of buyers who came back. Beyond a sample, more of them change nothing.
{%- set sample = 200000 %}
with

repeat_buyers as (

    select
        person_id,
        repeat_purchases,
        repeat_value
    from {{ ref('int_buyers') }}
    where repeat_purchases > 0 and repeat_value > 0

),

sampling as (

    select greatest(cast(ceil(count(*) / {{ sample }}.0) as bigint), 1) as one_in
    from repeat_buyers

),

final as (

    select
        'current' as snapshot,
        repeat_buyers.repeat_purchases,
        repeat_buyers.repeat_value as mean_value,
        count(*) as buyers
    from repeat_buyers
    cross join sampling
    where {{ sample_part('repeat_buyers.person_id', 'sampling.one_in') }} = 0
    group by 1, 2, 3

)

select * from final
