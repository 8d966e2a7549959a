select
    goal, path, touches, conversions, non_conversions, revenue, conversion_rate,
    median_days_to_convert
from attribution.paths
where conversions > 0
qualify row_number() over (partition by goal order by revenue desc, conversions desc, path) <= 200
order by goal, revenue desc, conversions desc, path
