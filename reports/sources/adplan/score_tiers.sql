select
    scores.score_type,
    coalesce(rfm.segment, 'no order yet') as segment,
    scores.tier,
    scores.method,
    count(*) as persons,
    avg(scores.score_value) as mean_score
from customers.scores as scores
left join customers.rfm as rfm on scores.person_id = rfm.person_id
group by all
order by all
