select period, period_start, segment, responses, promoters, passives, detractors, nps, standard_error
from customers.nps
where period in ('month', 'all')
order by period, segment, period_start
