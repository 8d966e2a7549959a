-- Scores in 20 bins of equal width, by RFM segment of those who bought.
with

scores as (

    select scores.score_type, scores.score_value, coalesce(rfm.segment, 'no order yet') as segment
    from customers.scores as scores
    left join customers.rfm as rfm on scores.person_id = rfm.person_id
    where scores.score_type in ('engagement', 'clv', 'churn_risk', 'churn_probability', 'nps')

),

-- Money has a long tail: its last bin is open.
widths as (

    select
        score_type,
        case
            when score_type in ('engagement', 'churn_risk') then 5
            when score_type = 'nps' then 1
            when score_type = 'churn_probability' then 0.05
            else greatest(quantile_cont(score_value, 0.99) / 19, 0.01)
        end as width
    from scores
    group by score_type

)

select
    scores.score_type,
    scores.segment,
    least(floor(scores.score_value / widths.width), 19) * widths.width as bin_from,
    count(*) as persons,
    sum(scores.score_value) as score_sum
from scores
inner join widths on scores.score_type = widths.score_type
group by all
order by all
