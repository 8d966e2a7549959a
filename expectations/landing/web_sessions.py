"""What is expected of `web.sessions`."""

from expectations.writing import no_rows_where

TABLE = "web.sessions"

CHECKS = (
    no_rows_where(
        TABLE,
        name="ends_after_it_starts",
        condition="ended_at < started_at",
        severity="warn",
        meaning="The session has a negative duration; its start, which credit goes by, may stand.",
    ),
    no_rows_where(
        TABLE,
        name="pageviews_is_not_negative",
        condition="pageviews < 0",
        severity="warn",
        meaning="Pageviews of the session's channel and campaign are counted too low.",
    ),
    no_rows_where(
        TABLE,
        name="visitor_is_known",
        condition="visitor_id is null and user_id is null",
        severity="warn",
        meaning="The session is a person of its own and can never be tied to an order.",
    ),
)
