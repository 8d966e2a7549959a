select
    campaign_id, campaign_name, channel, treated_persons, holdout_persons, persons_in_both,
    treated_conversions, holdout_conversions, treated_rate, holdout_rate, lift_points,
    incremental_conversions, incremental_revenue, cost, margin, net_incremental_revenue, roi,
    is_complete
from campaigns.returns
order by treated_persons desc, campaign_id
