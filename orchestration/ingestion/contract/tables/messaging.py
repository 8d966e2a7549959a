"""What the messaging tool sent and how people reacted."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "messaging",
        "events",
        {
            "event_id": Kind.ID,
            "event_type": Kind.TEXT,
            "timestamp": Kind.TIMESTAMP,
            "user_id": Kind.ID,
            "campaign_id": Kind.ID,
            "creative_id": Kind.ID,
            "segment_id": Kind.ID,
            "delivery_channel": Kind.TEXT,
            "is_holdout": Kind.FLAG,
            "properties": Kind.JSON,
        },
        key=("event_id",),
        happened_at="timestamp",
        is_fact=True,
    ),
)
