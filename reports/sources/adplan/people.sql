select
    count(*) as people,
    count(*) filter (is_identified) as identified,
    count(*) filter (orders > 0) as customers,
    coalesce(sum(revenue), 0) as revenue,
    (select count(*) from customers.at_risk) as at_risk,
    (select coalesce(sum(value_at_stake), 0) from customers.at_risk) as value_at_stake
from customers.dim_people
