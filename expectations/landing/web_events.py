"""What is expected of `web.events`."""

from expectations.writing import few_rows_where, no_rows_where

TABLE = "web.events"

# Consent banners make trackers drop ids for some visitors; half the events without any means
# that the tracker itself is broken.
MOST_WITHOUT_ID = 0.5

CHECKS = (
    no_rows_where(
        TABLE,
        name="event_type_is_known",
        condition="event_type is null",
        severity="warn",
        meaning="An event without a type reaches no goal and no stage of the funnel.",
    ),
    no_rows_where(
        TABLE,
        name="value_is_not_negative",
        condition="value < 0",
        severity="warn",
        meaning="A goal that takes its value from events would publish a negative one.",
    ),
    few_rows_where(
        TABLE,
        name="most_events_belong_to_somebody",
        condition="visitor_id is null and user_id is null and session_id is null",
        among="true",
        at_most=MOST_WITHOUT_ID,
        meaning="Events of nobody count in no session, journey or conversion rate.",
    ),
)
