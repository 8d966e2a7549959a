select
    date, campaign_id, impressions, clicks, spend, budget, sessions, cart_sessions,
    purchase_sessions, conversions, purchases, revenue, new_customers, meta_purchases,
    meta_purchase_value
from campaigns.campaign_days
where date > (select as_of from health.settings) - 400
order by campaign_id, date
