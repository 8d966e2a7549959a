"""What is expected of `customers.at_risk`."""

from expectations.marts.ranges import ROUNDING, SCORE_RANGES, outside
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "customers.at_risk"

_SCORES = ("churn_risk", "churn_probability", "clv")

# What is known of the chance weighs more than what signs tell.
_VALUE_AT_STAKE = "coalesce(churn_probability, churn_risk / 100) * value_if_kept"

CHECKS = (
    key_is_never_null(TABLE, ("person_id",)),
    no_rows_where(
        TABLE,
        name="tier_is_high_or_medium",
        condition="tier is null or tier not in ('high', 'medium')",
        severity="refuse",
        meaning="People whom nobody is about to lose are won back at a cost.",
    ),
    no_rows_where(
        TABLE,
        name="scores_are_in_their_range",
        condition=(
            "churn_risk is null or "
            + " or ".join(outside(score, SCORE_RANGES[score]) for score in _SCORES)
        ),
        severity="refuse",
        meaning="A score beyond its scale cannot be compared with the others or with a threshold.",
    ),
    no_rows_where(
        TABLE,
        name="value_at_stake_is_value_by_risk",
        condition=(
            f"(value_at_stake is null) <> ({_VALUE_AT_STAKE} is null) "
            f"or abs(value_at_stake - {_VALUE_AT_STAKE}) "
            f"> {ROUNDING} * greatest(1, abs(value_if_kept))"
        ),
        severity="refuse",
        meaning="Whom to win back first is decided by another amount than would be lost.",
    ),
    no_rows_where(
        TABLE,
        name="reason_is_given",
        condition="reason is null",
        severity="warn",
        meaning="Nobody can see why the customer is about to be lost.",
    ),
    no_rows_where(
        TABLE,
        name="days_are_not_negative",
        condition="days_since_purchase < 0 or days_since_activity < 0",
        severity="warn",
        meaning="The run's day lies before what they last did.",
    ),
)
