select
    channel, stage, stage_index, persons, drop_off_persons, drop_off_rate,
    awareness_to_conversion_rate, is_biggest_drop_off
from journeys.funnel
order by channel, stage_index
