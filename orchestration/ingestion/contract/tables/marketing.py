"""Campaigns and costs outside Meta."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "marketing",
        "campaigns",
        {
            "id": Kind.ID,
            "name": Kind.TEXT,
            "campaign_type": Kind.TEXT,
            "channel": Kind.TEXT,
            "status": Kind.TEXT,
            "budget": Kind.AMOUNT,
            "cost": Kind.AMOUNT,
            "start_time": Kind.TIMESTAMP,
            "end_time": Kind.TIMESTAMP,
            "target_segments": Kind.JSON,
            "created_by": Kind.TEXT,
            "created_at": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_at",
        non_negative=("budget", "cost"),
    ),
    Table(
        "marketing",
        "costs",
        {
            "date": Kind.DATE,
            "source": Kind.TEXT,
            "campaign_name": Kind.TEXT,
            "channel": Kind.TEXT,
            "campaign_id": Kind.ID,
            "cost": Kind.AMOUNT,
            "currency": Kind.CURRENCY,
            "impressions": Kind.COUNT,
            "clicks": Kind.COUNT,
        },
        key=("date", "source", "campaign_name"),
        happened_at="date",
        is_fact=True,
        non_negative=("cost",),
    ),
)
