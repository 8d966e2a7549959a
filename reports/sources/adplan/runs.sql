select run_id, outcome, as_of, started_at, seconds, rows_read, coalesce(error, '') as error
from health.runs
qualify row_number() over (order by started_at desc, run_id) <= 90
order by started_at desc, run_id
