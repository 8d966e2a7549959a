"""Who was exposed to which variant."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

TABLES: tuple[Table, ...] = (
    Table(
        "experiments",
        "exposures",
        {
            "experiment": Kind.TEXT,
            "unit_id": Kind.ID,
            "variant": Kind.TEXT,
            "exposed_at": Kind.TIMESTAMP,
        },
        # Wider than the contract's (experiment, unit_id): a unit seen in two variants must
        # stay visible to be excluded, and its first exposure must survive later ones.
        key=("experiment", "unit_id", "variant", "exposed_at"),
        happened_at="exposed_at",
        is_fact=True,
    ),
)
