-- Persons by a hash: a page that is passed on names nobody.
select
    left(sha256(at_risk.person_id), 12) as person,
    coalesce(rfm.segment, 'no order yet') as segment,
    at_risk.tier, at_risk.reason, at_risk.churn_risk, at_risk.churn_probability,
    at_risk.value_if_kept, at_risk.value_at_stake, at_risk.days_since_purchase,
    at_risk.days_since_activity
from customers.at_risk as at_risk
left join customers.rfm as rfm on at_risk.person_id = rfm.person_id
qualify row_number() over (order by at_risk.value_at_stake desc, at_risk.person_id) <= 500
order by at_risk.value_at_stake desc, person
