-- The last 400 days: a year, and the period before the month that is looked at.
select
    date, channel, attribution_model, visits, conversions, purchases, paid_conversions,
    new_customers, revenue, cost
from attribution.channel_days
where date > (select as_of from health.settings) - 400
order by attribution_model, date, channel
