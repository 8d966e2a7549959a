"""Exchange rates."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "finance",
        "fx_rates",
        {
            "date": Kind.DATE,
            "from_currency": Kind.CURRENCY,
            "to_currency": Kind.CURRENCY,
            "rate": Kind.NUMBER,
        },
        key=("date", "from_currency", "to_currency"),
        happened_at="date",
        is_fact=True,
    ),
)
