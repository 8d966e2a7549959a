select
    campaign_id, coalesce(campaign_name, 'deleted campaign ' || campaign_id, 'no campaign') as campaign_name, source,
    stage, stage_index, leads, reached, rate, buyers, value, why_not
from campaigns.leads
order by campaign_id, source, stage_index
