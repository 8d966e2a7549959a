"""Posts on social networks and mentions of the brand."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "social",
        "posts",
        {
            "id": Kind.ID,
            "platform": Kind.TEXT,
            "status": Kind.TEXT,
            "caption": Kind.TEXT,
            # A post may be scheduled ahead, so neither of its times is checked for the future.
            "published_at": Kind.TIMESTAMP,
            "scheduled_at": Kind.TIMESTAMP,
            "reach": Kind.COUNT,
            "likes": Kind.COUNT,
            "comments": Kind.COUNT,
            "shares": Kind.COUNT,
            "clicks": Kind.COUNT,
        },
        key=("id",),
    ),
    Table(
        "social",
        "mentions",
        {
            "id": Kind.ID,
            "post_id": Kind.ID,
            "platform": Kind.TEXT,
            "author": Kind.TEXT,
            "customer_id": Kind.ID,
            "text": Kind.TEXT,
            "created_at": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_at",
        is_fact=True,
    ),
)
