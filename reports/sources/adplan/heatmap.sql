select campaign_id, segment, weekday, weekday_name, hour, engagements, persons, rate
from campaigns.engagement_heatmap
order by campaign_id, segment, weekday, hour
