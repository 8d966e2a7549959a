-- The last load of each table; a refresh reads only what is new.
select source_table, loaded_at, rows_read, rows_accepted, rows_duplicate, rows_quarantined, rows_late
from health.load_log
where rows_read > 0
qualify row_number() over (partition by source_table order by loaded_at desc, run_id desc) = 1
order by source_table
