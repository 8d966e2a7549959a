"""What is expected of every mart that holds credits, or sets them beside visits and cost.

Not of one table: what only one of them has is in its own module.
"""

from expectations.checks import Check
from expectations.marts.names import ATTRIBUTION_MODELS, CHANNELS, UNATTRIBUTED
from expectations.writing import no_rows_where, text_list

# Shares are quotients of doubles: as far outside 0 to 1 as their sum may be from 1.
ROUNDING = 1e-9

_RATIO_WITHOUT_DENOMINATOR = """
    (cost = 0 and (roas is not null or roi is not null))
    or (visits = 0 and conversion_rate is not null)
    or (paid_conversions = 0 and average_order_value is not null)
    or (conversions = 0 and cost_per_conversion is not null)
    or (new_customers = 0 and new_customer_cac is not null)
"""


def figure_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of visits, cost, conversions and their ratios, whatever the grain."""
    return (
        attribution_model_is_known(table),
        no_rows_where(
            table,
            name="visits_is_not_negative",
            condition="visits is null or visits < 0",
            severity="refuse",
            meaning="Visits are too low, so conversion rates look better than they are.",
        ),
        no_rows_where(
            table,
            name="cost_is_not_negative",
            condition="cost is null or cost < 0",
            severity="refuse",
            meaning="Cost is too low, so returns on it look better than they are.",
        ),
        no_rows_where(
            table,
            name="conversions_are_not_negative",
            condition=(
                "conversions is null "
                f"or least(conversions, purchases, paid_conversions, new_customers) < -{ROUNDING}"
            ),
            severity="refuse",
            meaning="A model takes conversions away instead of giving them.",
        ),
        no_rows_where(
            table,
            name="ratios_have_a_denominator",
            condition=_RATIO_WITHOUT_DENOMINATOR,
            severity="warn",
            meaning="A return on no cost, or a rate of no visits, is ranked among the real ones.",
        ),
    )


def attribution_model_is_known(table: str) -> Check:
    """Return the check that every row is of a model of the product."""
    return no_rows_where(
        table,
        name="attribution_model_is_known",
        condition=f"attribution_model not in {text_list(ATTRIBUTION_MODELS)}",
        severity="refuse",
        meaning="Credit stands under a model that no report offers.",
    )


def channel_is_known(table: str) -> Check:
    """Return the check that every row has a channel of the product, or none to credit."""
    return no_rows_where(
        table,
        name="channel_is_known",
        condition=f"channel is null or channel not in {text_list((*CHANNELS, UNATTRIBUTED))}",
        severity="refuse",
        meaning="Credit or cost stands under a channel that has no place in reports.",
    )
