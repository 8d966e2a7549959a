select
    stage, stage_index, last_event_type, persons, stalled_persons, share_of_stage,
    median_days_since_last_event
from journeys.dropoff
order by stage_index, stalled_persons desc, last_event_type
