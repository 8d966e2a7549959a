"""What is expected of `attribution.fct_credits`."""

from expectations.marts.credited_figures import (
    ROUNDING,
    attribution_model_is_known,
    channel_is_known,
)
from expectations.marts.names import TOUCH_POSITIONS, UNATTRIBUTED
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "attribution.fct_credits"

CHECKS = (
    # Without its touch: a conversion that none precedes has a row as well.
    key_is_never_null(TABLE, ("conversion_id", "attribution_model")),
    attribution_model_is_known(TABLE),
    channel_is_known(TABLE),
    no_rows_where(
        TABLE,
        name="time_is_known",
        condition="converted_at is null or converted_date is null",
        severity="refuse",
        meaning="The credit is missing from every day's conversions and revenue.",
    ),
    no_rows_where(
        TABLE,
        name="credit_is_a_share",
        condition=f"credit is null or credit < -{ROUNDING} or credit > 1 + {ROUNDING}",
        severity="refuse",
        meaning="A touch earns more than the whole conversion, at the expense of the others.",
    ),
    no_rows_where(
        TABLE,
        name="is_unattributed_if_it_has_no_touch",
        condition=f"(touchpoint_id is null) is distinct from (channel = '{UNATTRIBUTED}')",
        severity="refuse",
        meaning="A channel is credited without a visit, or a visit without its channel.",
    ),
    no_rows_where(
        TABLE,
        name="touch_position_is_known_if_it_has_a_touch",
        condition=(
            "(touchpoint_id is null) is distinct from (touch_position is null) "
            f"or touch_position not in {text_list(TOUCH_POSITIONS)}"
        ),
        severity="warn",
        meaning="What opens and what closes a sale is counted without the touch.",
    ),
    no_rows_where(
        TABLE,
        name="touch_index_is_within_the_path",
        condition=(
            "touchpoint_id is not null "
            "and not coalesce(touch_index between 1 and touch_count, false)"
        ),
        severity="refuse",
        meaning="Touches are out of order, so first, last and middle ones get each other's credit.",
    ),
)
