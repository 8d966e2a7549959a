-- Nullable moments as text: Evidence shows a null date as 1 January 1970.
select
    source_table, files, rows_landed, hours_behind, age_hours, target_hours, is_stale,
    strftime(latest_event_at, '%d %b %Y %H:%M') as latest_event_at,
    strftime(last_landed_at, '%d %b %Y %H:%M') as last_landed_at
from health.freshness
order by is_stale desc, source_table
