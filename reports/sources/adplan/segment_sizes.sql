-- Members of defined segments at the end of each day, since the first was built.
with

days as (

    select unnest(generate_series(
        (select min(valid_from) from customers.segment_members),
        (select as_of from health.settings),
        interval 1 day
    ))::date as date

)

select days.date, members.segment, count(*) as members
from days
inner join customers.segment_members as members
    on members.valid_from <= days.date and (members.valid_to is null or days.date < members.valid_to)
where days.date > (select as_of from health.settings) - 400
group by all
order by all
