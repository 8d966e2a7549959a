-- Nullable moments as text: Evidence shows a null date as 1 January 1970.
select
    score_type, model, metric, population, value, why_not,
    strftime(window_end, '%d %b %Y') as window_end
from health.model_performance
order by score_type, model, metric
