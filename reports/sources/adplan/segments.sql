-- Segments of definitions/segments.yaml and those of RFM, which are there without being defined.
with

members as (

    select 'defined' as kind, segment, person_id from customers.segment_members
    where valid_to is null
    union all
    select 'RFM' as kind, segment, person_id from customers.rfm

)

select
    members.kind,
    members.segment,
    count(*) as members,
    count(*) filter (people.orders > 0) as customers,
    sum(people.orders) as orders,
    sum(people.paid_orders) as paid_orders,
    sum(people.revenue) as revenue,
    avg(people.clv) as mean_clv,
    avg(people.churn_risk) as mean_churn_risk,
    avg(people.engagement_score) as mean_engagement,
    avg(people.days_since_last_order) as mean_days_since_order,
    count(*) filter (people.marketing_opt_in) as opted_in
from members
inner join customers.dim_people as people on members.person_id = people.person_id
group by all
order by all
