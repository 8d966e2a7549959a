"""What is expected of `journeys.fct_journey_events`."""

from expectations.marts.journey_stages import stage_has_its_place, stage_is_known
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "journeys.fct_journey_events"

CHECKS = (
    key_is_never_null(TABLE, ("event_id",)),
    no_rows_where(
        TABLE,
        name="person_is_known",
        condition="person_id is null",
        severity="refuse",
        meaning="The event is in nobody's journey.",
    ),
    no_rows_where(
        TABLE,
        name="event_type_is_known",
        condition="event_type is null",
        severity="refuse",
        meaning="Nobody can tell what happened.",
    ),
    no_rows_where(
        TABLE,
        name="time_is_known",
        condition="occurred_at is null or occurred_date is null",
        severity="refuse",
        meaning="The event has no place in a journey and is missing from every day's figures.",
    ),
    # Most that was merely sent shows no stage.
    stage_is_known(TABLE),
    stage_has_its_place(TABLE),
    no_rows_where(
        TABLE,
        name="only_purchases_have_a_value",
        condition="value is not null and event_type is distinct from 'purchase'",
        severity="refuse",
        meaning="What was bought is counted again by what led to it.",
    ),
)
