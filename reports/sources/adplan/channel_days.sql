select
    date, channel, attribution_model, visits, unique_visitors, impressions, clicks,
    conversions, purchases, paid_conversions, new_customers, revenue, cost
from attribution.channel_days
order by attribution_model, date, channel
