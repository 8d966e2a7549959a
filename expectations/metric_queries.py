"""Queries for metrics that contradict the facts they are made of."""

from expectations.attribution_queries import CHANNEL_DAYS
from expectations.invariant_queries import ORDERS

DICTIONARY = "metrics.dictionary"
METRIC_VALUES = "metrics.metric_values"

_TOLERANCE = 1e-6

METRICS_THAT_ARE_MISSING = f"""
    select metric from {DICTIONARY}
    where contains(', ' || dimensions || ',', ', all,')
        and metric not in (select metric from {METRIC_VALUES} where dimension = 'all')
"""

# Spend is the same under every model.
SPEND_OF_METRICS_THAT_DIFFERS = f"""
    with told as (
        select metric, period, period_start, period_end,
            case metric when 'roas' then denominator else numerator end as spend
        from {METRIC_VALUES}
        where dimension = 'all' and metric in ('roas', 'cac')
    ),
    compared as (
        select told.*, coalesce((
            select sum(days.cost) from {CHANNEL_DAYS} as days
            where days.attribution_model = 'linear'
                and days.date between told.period_start and told.period_end
        ), 0) as cost
        from told
    )
    select * from compared
    where not abs(coalesce(spend, 0) - cost) <= {_TOLERANCE} * greatest(1, cost)
"""

ORDERS_OF_METRICS_THAT_DIFFER = f"""
    with told as (
        select period, period_start, period_end, numerator, denominator
        from {METRIC_VALUES}
        where dimension = 'all' and metric = 'average_order_value'
    ),
    compared as (
        select told.period, told.period_end, any_value(told.numerator) as numerator,
            any_value(told.denominator) as denominator, count(orders.order_id) as orders,
            coalesce(sum(orders.net_revenue), 0) as revenue
        from told
        left join {ORDERS} as orders
            on orders.is_paid and orders.net_revenue is not null
            and orders.order_date between told.period_start and told.period_end
        group by 1, 2
    )
    select * from compared
    where coalesce(denominator, 0) <> orders
        or not abs(coalesce(numerator, 0) - revenue) <= {_TOLERANCE} * greatest(1, abs(revenue))
"""
