"""What is expected of `customers.sentiment_topics`."""

from expectations.checks import Between
from expectations.marts.ranges import ROUNDING, outside
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "customers.sentiment_topics"

CHECKS = (
    key_is_never_null(TABLE, ("written_month", "topic_index")),
    no_rows_where(
        TABLE,
        name="topic_has_a_number_above_0",
        condition="topic_index < 0 or (topic is null) <> (topic_index = 0)",
        severity="warn",
        meaning="What people write about has no name, or what has none is said to be a topic.",
    ),
    no_rows_where(
        TABLE,
        name="scored_are_some_of_the_texts",
        condition=(
            "texts is null or texts < 1 or scored_texts is null "
            "or scored_texts < 0 or scored_texts > texts"
        ),
        severity="refuse",
        meaning="Feelings are told of texts that nobody wrote.",
    ),
    no_rows_where(
        TABLE,
        name="mean_score_is_of_scored_texts",
        condition=(
            f"({outside('mean_score', Between(-1, 1))}) "
            "or (mean_score is null) <> (scored_texts = 0)"
        ),
        severity="refuse",
        meaning="How people feel about the topic is not what they wrote.",
    ),
    no_rows_where(
        TABLE,
        name="shares_are_of_scored_texts",
        condition=(
            f"positive_share < 0 or negative_share < 0 "
            f"or positive_share + negative_share > 1 + {ROUNDING} "
            "or (positive_share is null) <> (scored_texts = 0) "
            "or (negative_share is null) <> (scored_texts = 0)"
        ),
        severity="refuse",
        meaning="Praise and blame make more than all that was written, or are told of nothing.",
    ),
)
