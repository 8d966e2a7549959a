-- Raw tables whose newest row is older than adplan.yaml allows, or that never landed.
{{ config(severity='warn') }}

select
    source_table,
    latest_event_at,
    last_landed_at,
    age_hours,
    target_hours
from {{ ref('freshness') }}
where is_stale
