select
    source_table, files, rows_landed, hours_behind, age_hours, target_hours, is_stale,
    latest_event_at, last_landed_at
from health.freshness
order by is_stale desc, source_table
