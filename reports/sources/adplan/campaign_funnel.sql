select campaign_id, window_name, step, step_index, "count" as persons, drop_off, rate_of_first
from campaigns.funnel
order by campaign_id, window_name, step_index
