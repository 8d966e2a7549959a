select
    series, method, is_used, period, horizon, evidence, origins, days, wape, wape_of_baseline,
    bias, coverage_50, coverage_80, coverage_95, evaluated_from, evaluated_to
from forecasts.accuracy
order by series, period, horizon, method
