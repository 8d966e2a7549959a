select
    series, forecast_date, horizon_days, forecast, lower_50, upper_50, lower_80, upper_80,
    lower_95, upper_95, method, why_not
from forecasts.revenue
where period = 'day'
order by series, forecast_date
