"""What is expected of `customers.scores`."""

from expectations.marts.names import SCORE_TIERS
from expectations.marts.ranges import SCORE_RANGES, outside_by_kind
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.scores"

_TIERS_OF_TYPES = " or ".join(
    f"(score_type = '{score_type}' and tier in {text_list(tiers)})"
    for score_type, tiers in SCORE_TIERS.items()
)

CHECKS = (
    key_is_never_null(TABLE, ("person_id", "score_type")),
    no_rows_where(
        TABLE,
        name="score_type_is_known",
        condition=f"score_type not in {text_list(tuple(SCORE_TIERS))}",
        severity="refuse",
        meaning="Nobody can tell what the score is about.",
    ),
    no_rows_where(
        TABLE,
        name="tier_is_one_of_its_type",
        condition=(
            f"score_type in {text_list(tuple(SCORE_TIERS))} "
            f"and not coalesce({_TIERS_OF_TYPES}, false)"
        ),
        severity="refuse",
        meaning="People of the tier are missing from every list that is made by tier.",
    ),
    no_rows_where(
        TABLE,
        name="score_is_in_its_range",
        condition=(
            f"score_value is null or {outside_by_kind('score_type', 'score_value', SCORE_RANGES)}"
        ),
        severity="refuse",
        meaning="A score beyond its scale cannot be compared with the others or with a threshold.",
    ),
    no_rows_where(
        TABLE,
        name="percentile_is_0_to_100",
        condition="percentile is null or percentile < 0 or percentile > 100",
        severity="warn",
        meaning="More than all others, or fewer than none, seem to score less.",
    ),
)
