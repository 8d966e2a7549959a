select
    campaign_id, source, messages_seen, persons, converted_persons, conversion_rate,
    average_frequency
from campaigns.frequency
order by campaign_id, source, messages_seen
