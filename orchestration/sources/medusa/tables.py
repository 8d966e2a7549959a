"""Which tables and columns of Medusa are there: versions of it differ.

Columns and tables that some versions lack stand for null or for no rows, so that one query serves
all of them. `orchestration/sources/medusa` is the only place that knows Medusa's names.
"""

from dataclasses import dataclass

from orchestration.ingestion.sql import identifier
from orchestration.sources.postgres.catalog import Catalog
from orchestration.sources.postgres.sql import relation

REQUIRED = (
    "customer",
    "order",
    "order_item",
    "order_line_item",
    "order_summary",
    "order_transaction",
)

# Without those of the first group the totals cannot be checked against what they are made of.
PARTS_OF_TOTALS = (
    "order_line_item_adjustment",
    "order_line_item_tax_line",
    "order_shipping",
    "order_shipping_method",
)
OPTIONAL = (
    *PARTS_OF_TOTALS,
    "customer_address",
    "order_address",
    "order_credit_line",
    "order_shipping_method_adjustment",
    "order_shipping_method_tax_line",
    "return",
)

# Types of columns that may be missing, for nulls of that type.
_TYPES = {
    "amount": "numeric",
    "canceled_at": "timestamptz",
    "created_at": "timestamptz",
    "deleted_at": "timestamptz",
    "is_draft_order": "boolean",
    "is_tax_inclusive": "boolean",
    "is_default_shipping": "boolean",
    "metadata": "jsonb",
    "rate": "numeric",
    "raw_amount": "jsonb",
    "raw_quantity": "jsonb",
    "raw_rate": "jsonb",
    "raw_unit_price": "jsonb",
    "received_at": "timestamptz",
    "return_dismissed_quantity": "numeric",
    "return_received_quantity": "numeric",
    "unit_price": "numeric",
    "updated_at": "timestamptz",
    "version": "integer",
}


@dataclass(frozen=True)
class Tables:
    """What a Medusa database has.

    Attributes:
        schema: Its schema.
        catalog: The tables in it, with their columns.
    """

    schema: str
    catalog: Catalog

    def has(self, table: str) -> bool:
        """Whether there is such a table."""
        return table in self.catalog

    def source(self, table: str, *columns: str) -> str:
        """Return a subquery of just these columns; null, or no row, where they are missing."""
        present = self.catalog.get(table)
        listed = ", ".join(_column(name, present) for name in columns)
        if present is None:
            return f"(select {listed} where false)"
        return f"(select {listed} from {relation(self.schema, table)})"

    @property
    def can_check_totals(self) -> bool:
        """Whether all that totals are made of is there."""
        return all(map(self.has, PARTS_OF_TOTALS))


def _column(name: str, present: object) -> str:
    if present is not None and name in present:  # type: ignore[operator]
        return identifier(name)
    return f"null::{_TYPES.get(name, 'text')} as {identifier(name)}"
