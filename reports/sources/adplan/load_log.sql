select source_table, rows_read, rows_accepted, rows_duplicate, rows_quarantined, rows_late
from health.load_log
where run_id = (select run_id from health.load_log order by loaded_at desc, run_id desc limit 1)
order by source_table
