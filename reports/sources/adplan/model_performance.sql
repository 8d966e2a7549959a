select score_type, model, metric, population, value, why_not, window_start, window_end
from health.model_performance
order by score_type, model, metric
