"""What people told us: forms, feedback, consents, deletion requests."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "crm",
        "form_submissions",
        {
            "id": Kind.ID,
            "form_name": Kind.TEXT,
            "visitor_id": Kind.ID,
            "session_id": Kind.ID,
            "email": Kind.EMAIL,
            "customer_id": Kind.ID,
            "submitted_at": Kind.TIMESTAMP,
            "message": Kind.TEXT,
            "fields": Kind.JSON,
        },
        key=("id",),
        happened_at="submitted_at",
        is_fact=True,
    ),
    Table(
        "crm",
        "feedback",
        {
            "id": Kind.ID,
            "customer_id": Kind.ID,
            "email": Kind.EMAIL,
            "source_type": Kind.TEXT,
            "rating": Kind.NUMBER,
            "scale": Kind.COUNT,
            "comment": Kind.TEXT,
            "created_at": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_at",
        is_fact=True,
        non_negative=("rating",),
    ),
    Table(
        "crm",
        "consents",
        {
            "id": Kind.ID,
            "customer_id": Kind.ID,
            "email": Kind.EMAIL,
            "channel": Kind.TEXT,
            "status": Kind.TEXT,
            "region": Kind.TEXT,
            "source": Kind.TEXT,
            "recorded_at": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="recorded_at",
        is_fact=True,
    ),
    Table(
        "crm",
        "deletion_requests",
        {
            "id": Kind.ID,
            "customer_id": Kind.ID,
            "email": Kind.EMAIL,
            "requested_at": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="requested_at",
    ),
)
