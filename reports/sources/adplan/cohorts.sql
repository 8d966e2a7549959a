select
    cohort_month, acquisition_channel, period_days, buyers, eligible_buyers, ordered_in_period,
    ordered_within, ordered_on_or_after, repeat_buyers, revenue, is_complete
from customers.cohort_retention
order by acquisition_channel, cohort_month, period_days
