"""What is expected of `campaigns.frequency`."""

from expectations.marts.names import FREQUENCY_SOURCES, MESSAGES_SEEN, REPORTED
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.frequency"

CHECKS = (
    key_is_never_null(TABLE, ("campaign_id", "source", "messages_seen")),
    no_rows_where(
        TABLE,
        name="source_and_number_are_known",
        condition=(
            f"source not in {text_list(FREQUENCY_SOURCES)} "
            f"or messages_seen not in {text_list((*MESSAGES_SEEN, REPORTED))} "
            f"or (source = 'meta') <> (messages_seen = '{REPORTED}')"
        ),
        severity="refuse",
        meaning="People stand beside a number that no report offers.",
    ),
    no_rows_where(
        TABLE,
        name="converted_persons_are_some_of_them",
        condition=(
            "(source = 'meta') <> (persons is null) or persons < 1 "
            "or (persons is null) <> (converted_persons is null) "
            "or converted_persons < 0 or converted_persons > persons "
            "or (persons is null) <> (conversion_rate is null) "
            f"or abs(conversion_rate * persons - converted_persons) > {ROUNDING} * persons"
        ),
        severity="refuse",
        meaning="More bought than saw the message, or a rate is of others.",
    ),
    no_rows_where(
        TABLE,
        name="average_is_at_least_once",
        condition="average_frequency is null or (source = 'messages' and average_frequency < 1)",
        severity="warn",
        meaning="Who saw a message saw it once or more.",
    ),
)
