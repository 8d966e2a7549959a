"""What is expected of `customers.sentiment`."""

from expectations.checks import Between
from expectations.marts.names import SENTIMENT_LABELS, SENTIMENT_SOURCES
from expectations.marts.ranges import outside
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.sentiment"

CHECKS = (
    key_is_never_null(TABLE, ("text_id",)),
    no_rows_where(
        TABLE,
        name="source_is_known",
        condition=f"source is null or source not in {text_list(SENTIMENT_SOURCES)}",
        severity="warn",
        meaning="Nobody can tell where the text was written.",
    ),
    no_rows_where(
        TABLE,
        name="label_is_known",
        condition=f"label is null or label not in {text_list(SENTIMENT_LABELS)}",
        severity="refuse",
        meaning="The text is missing from every figure that is split by feeling.",
    ),
    no_rows_where(
        TABLE,
        name="score_is_in_its_range",
        condition=outside("score", Between(-1, 1)),
        severity="refuse",
        meaning="Means of scores are pulled by texts that cannot be so good or so bad.",
    ),
    no_rows_where(
        TABLE,
        name="is_unscored_if_it_has_no_score",
        condition="(label = 'unscored') <> (score is null)",
        severity="refuse",
        meaning="A text nobody could read passes for one without feeling, or the other way round.",
    ),
    no_rows_where(
        TABLE,
        name="topic_goes_with_its_number",
        condition="(topic is null) <> (topic_index is null) or topic_index < 1",
        severity="warn",
        meaning="Texts of a topic are counted among those without one, or the other way round.",
    ),
    no_rows_where(
        TABLE,
        name="month_is_that_of_its_day",
        condition="written_month is distinct from cast(date_trunc('month', written_date) as date)",
        severity="refuse",
        meaning="The text is counted in a month in which nobody wrote it.",
    ),
)
