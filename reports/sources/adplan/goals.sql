select goal, conversion_type, source, once_per, counts_as_revenue, conversions, last_converted_at
from conversions.dim_goals
order by goal
