"""What is expected of `customers.rfm`."""

from expectations.marts.names import RFM_SEGMENTS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.rfm"

CHECKS = (
    key_is_never_null(TABLE, ("person_id",)),
    no_rows_where(
        TABLE,
        name="segment_is_known",
        condition=f"segment not in {text_list(RFM_SEGMENTS)}",
        severity="refuse",
        meaning="Buyers stand in a segment that no campaign and no report knows.",
    ),
    no_rows_where(
        TABLE,
        name="is_of_buyers",
        condition="frequency is null or frequency < 1",
        severity="refuse",
        meaning="People who bought nothing move the fifths that buyers are cut by.",
    ),
    no_rows_where(
        TABLE,
        name="recency_is_not_negative",
        condition="recency_days is null or recency_days < 0",
        severity="warn",
        meaning="The run's day lies before the order, so recency cannot be scored.",
    ),
    no_rows_where(
        TABLE,
        name="scores_are_1_to_5",
        condition=(
            "recency_score is null or recency_score not between 1 and 5 "
            "or frequency_score is null or frequency_score not between 1 and 5 "
            "or monetary_score not between 1 and 5 or value_score not between 1 and 5"
        ),
        severity="refuse",
        meaning="A score outside the fifths has no segment.",
    ),
    no_rows_where(
        TABLE,
        name="value_score_is_the_mean_of_frequency_and_monetary",
        condition=(
            "value_score is distinct from floor((frequency_score + monetary_score + 1) / 2)"
        ),
        severity="refuse",
        meaning="The segment does not follow from what the buyer bought and paid.",
    ),
    no_rows_where(
        TABLE,
        name="is_scored_if_its_value_is_known",
        condition=(
            "(monetary is null) <> (monetary_score is null) "
            "or (monetary is null) <> (segment is null)"
        ),
        severity="refuse",
        meaning="A buyer whose value nobody knows has a segment, or one whose value is known none.",
    ),
)
