"""The shop's web tracking: events and sessions."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

_UTM = {
    "utm_source": Kind.TEXT,
    "utm_medium": Kind.TEXT,
    "utm_campaign": Kind.TEXT,
    "utm_content": Kind.TEXT,
    "utm_term": Kind.TEXT,
    "click_id": Kind.TEXT,
}

TABLES: tuple[Table, ...] = (
    Table(
        "web",
        "events",
        {
            "event_id": Kind.ID,
            "event_type": Kind.TEXT,
            "timestamp": Kind.TIMESTAMP,
            "visitor_id": Kind.ID,
            "user_id": Kind.ID,
            "session_id": Kind.ID,
            "page_url": Kind.TEXT,
            "referrer": Kind.TEXT,
            **_UTM,
            "value": Kind.AMOUNT,
            "currency": Kind.CURRENCY,
            "order_id": Kind.ID,
            "properties": Kind.JSON,
            "context": Kind.JSON,
        },
        key=("event_id",),
        happened_at="timestamp",
        is_fact=True,
    ),
    Table(
        "web",
        "sessions",
        {
            "session_id": Kind.ID,
            "visitor_id": Kind.ID,
            "user_id": Kind.ID,
            "started_at": Kind.TIMESTAMP,
            "ended_at": Kind.TIMESTAMP,
            "landing_page": Kind.TEXT,
            "referrer": Kind.TEXT,
            **_UTM,
            "pageviews": Kind.COUNT,
            "is_bounce": Kind.FLAG,
            "country": Kind.TEXT,
            "device": Kind.TEXT,
            "channel_reported": Kind.TEXT,
        },
        key=("session_id",),
        happened_at="started_at",
        is_fact=True,
    ),
)
