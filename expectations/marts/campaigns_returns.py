"""What is expected of `campaigns.returns`."""

from expectations.marts.campaign_figures import amounts_are_not_negative, ratios_are_of_their_sums
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "campaigns.returns"


def _scaled(held_out: str) -> str:
    return f"{held_out} * treated_persons / nullif(holdout_persons, 0)"


CHECKS = (
    key_is_never_null(TABLE, ("campaign_id",)),
    amounts_are_not_negative(TABLE, ("cost", "persons_in_both")),
    no_rows_where(
        TABLE,
        name="conversions_are_of_the_persons",
        condition=(
            "treated_persons is null or holdout_persons is null or persons_in_both is null "
            "or holdout_persons + persons_in_both < 1 "
            "or least(treated_conversions, holdout_conversions) < 0 "
            "or treated_conversions > treated_persons or holdout_conversions > holdout_persons"
        ),
        severity="refuse",
        meaning="More bought than there were, or there is a holdout of nobody.",
    ),
    ratios_are_of_their_sums(
        TABLE,
        (
            ("treated_rate", "treated_conversions", "treated_persons"),
            ("holdout_rate", "holdout_conversions", "holdout_persons"),
            ("roi", "net_incremental_revenue", "cost"),
        ),
    ),
    no_rows_where(
        TABLE,
        name="lift_is_the_difference_of_the_rates",
        condition=(
            "(lift_points is null) <> (treated_rate is null or holdout_rate is null) "
            f"or abs(lift_points - 100 * (treated_rate - holdout_rate)) > {ROUNDING}"
        ),
        severity="refuse",
        meaning="A message seems to do more, or less, than the rates beside it say.",
    ),
    no_rows_where(
        TABLE,
        name="increments_scale_the_holdout",
        condition=(
            "(incremental_revenue is null) <> (treated_persons = 0 or holdout_persons = 0) "
            "or (incremental_revenue is null) <> (incremental_conversions is null) or abs("
            "incremental_conversions - treated_conversions + "
            f"{_scaled('holdout_conversions')}) > {ROUNDING} * greatest(1, treated_conversions) "
            "or abs(incremental_revenue - treated_revenue + "
            f"{_scaled('holdout_revenue')}) > {ROUNDING} * greatest(1, abs(treated_revenue)) "
            "or abs(net_incremental_revenue - incremental_revenue + cost) "
            f"> {ROUNDING} * greatest(1, abs(incremental_revenue))"
        ),
        severity="refuse",
        meaning="A campaign seems to earn what people would have spent without it.",
    ),
    no_rows_where(
        TABLE,
        name="margin_known_share_is_a_share",
        condition=f"margin_known_share < -{ROUNDING} or margin_known_share > 1 + {ROUNDING}",
        severity="warn",
        meaning="Refunds exceed sales, or nobody can tell how much of the margin is known.",
    ),
)
