select
    campaign_id, campaign_name, platform, budget_kind, planned, spent, days_left, projected,
    projected_lower, projected_upper, difference, difference_share, status, why_not
from forecasts.budget_pacing
order by campaign_name, campaign_id
