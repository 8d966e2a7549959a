select experiment, variant, metric, date, units, numerator, denominator
from experiments.fct_arms
where dimension = 'all'
order by experiment, metric, variant, date
