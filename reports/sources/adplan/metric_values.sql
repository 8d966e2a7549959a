-- All periods of each metric as a whole and by channel and segment; by campaign and others of 30 days.
select
    metric, dimension, dimension_value, period, period_start, period_end, value, lower, upper,
    numerator, denominator, previous_value, change, trend, health, target, unit, is_complete, note,
    why_null
from metrics.metric_values
where dimension in ('all', 'channel', 'segment') or period = '30d'
order by metric, dimension, period, dimension_value, period_end
