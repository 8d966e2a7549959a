"""Names and values in PostgreSQL's SQL. Whatever comes from settings goes through one of these."""

from datetime import UTC, datetime

from orchestration.ingestion.sql import identifier


def relation(schema: str, table: str) -> str:
    """Quote the name of a table or view."""
    return f"{identifier(schema)}.{identifier(table)}"


def literal(value: str) -> str:
    r"""Write a text value so that it is safe whatever `standard_conforming_strings` says.

    Example:
        >>> literal("it's \\")
        "E'it''s \\\\'"
    """
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"E'{escaped}'"


def moment(value: datetime) -> str:
    """Write a moment."""
    return f"timestamptz '{value.astimezone(UTC).isoformat()}'"
