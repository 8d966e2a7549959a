"""What is expected of `messaging.events`."""

from expectations.writing import no_rows_where

TABLE = "messaging.events"

CHECKS = (
    no_rows_where(
        TABLE,
        name="event_type_is_known",
        condition="event_type is null",
        severity="warn",
        meaning="It is not known whether the message was sent, seen or clicked.",
    ),
    no_rows_where(
        TABLE,
        name="holdouts_receive_nothing",
        condition="is_holdout and event_type = 'campaign_delivered'",
        severity="warn",
        meaning="A holdout who got the message hides the effect the holdout is there to measure.",
    ),
)
