select
    campaign_id, campaign_name, platform, measure, horizon_days, forecast, lower_80, upper_80, method,
    why_not
from forecasts.campaign_spend
order by campaign_name, campaign_id, measure, horizon_days
