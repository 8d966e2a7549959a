"""What is expected of `customers.behaviours`."""

from expectations.marts.names import BEHAVIOURS
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.behaviours"

# Shown by staying under the threshold; all others by reaching it.
_MISSES_THE_THRESHOLD = f"""
    case behaviour
        when 'LOCATION_CLUSTERED' then value > threshold
        when 'NEW_SHOPPER' then value >= threshold
        when 'INACTIVE' then value <= threshold
        else value < threshold - {ROUNDING} * abs(threshold)
    end
"""

CHECKS = (
    key_is_never_null(TABLE, ("person_id", "behaviour")),
    no_rows_where(
        TABLE,
        name="behaviour_is_known",
        condition=f"behaviour not in {text_list(BEHAVIOURS)}",
        severity="refuse",
        meaning="People show a pattern that no report and no segment asks for.",
    ),
    no_rows_where(
        TABLE,
        name="value_meets_the_threshold",
        condition=f"value is null or threshold is null or {_MISSES_THE_THRESHOLD}",
        severity="refuse",
        meaning="The numbers beside the pattern do not show it.",
    ),
    no_rows_where(
        TABLE,
        name="rests_on_orders",
        condition="orders is null or orders < 1",
        severity="warn",
        meaning="A buying pattern of somebody who bought nothing.",
    ),
)
