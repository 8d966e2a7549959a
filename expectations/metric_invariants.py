"""What must hold across metrics, and between them and the facts they are made of.

Each is a query for the rows that break it, and refuses, as in `invariants.py`.
"""

from expectations.attribution_queries import CHANNEL_DAYS
from expectations.checks import Check
from expectations.invariant_queries import ORDERS
from expectations.metric_queries import (
    DICTIONARY,
    METRIC_VALUES,
    METRICS_THAT_ARE_MISSING,
    ORDERS_OF_METRICS_THAT_DIFFER,
    SPEND_OF_METRICS_THAT_DIFFERS,
)
from expectations.writing import key_is_unique, no_orphans, no_rows_in

METRIC_INVARIANTS: dict[str, tuple[Check, ...]] = {
    DICTIONARY: (key_is_unique(DICTIONARY, ("metric",)),),
    METRIC_VALUES: (
        key_is_unique(
            METRIC_VALUES, ("metric", "dimension", "dimension_value", "period", "period_end")
        ),
        no_orphans(METRIC_VALUES, "metric", "metric", DICTIONARY, "metric"),
        no_rows_in(
            METRIC_VALUES,
            name="every_metric_is_told",
            query=METRICS_THAT_ARE_MISSING,
            severity="refuse",
            meaning="A metric of the dictionary has no row, not even one that says why.",
            reads=(METRIC_VALUES, DICTIONARY),
        ),
        no_rows_in(
            METRIC_VALUES,
            name="spend_is_that_of_channel_days",
            query=SPEND_OF_METRICS_THAT_DIFFERS,
            severity="refuse",
            meaning="Return on ad spend and cost per customer are of other spend than was spent.",
            reads=(METRIC_VALUES, CHANNEL_DAYS),
        ),
        no_rows_in(
            METRIC_VALUES,
            name="orders_are_those_of_fct_orders",
            query=ORDERS_OF_METRICS_THAT_DIFFER,
            severity="refuse",
            meaning="The average order is not of the orders that are published beside it.",
            reads=(METRIC_VALUES, ORDERS),
        ),
    ),
}
