select
    layer, check_name, table_name, severity, passed, observed, expected, offending_count, meaning
from health.checks
where run_id = (select run_id from health.checks order by checked_at desc, run_id desc limit 1)
order by passed, severity, layer, table_name, check_name
