select
    channel, attribution_model, visits, conversions, purchases, new_customers, revenue, cost,
    revenue_share, spread, roas, new_customer_cac, conversion_rate
from attribution.model_comparison
order by channel, attribution_model
