"""The raw contract: which tables may land, their columns, keys and clocks.

Only data belongs here. Reading files is `readers.py`, the load rules are `rules.py`.
The tables are those of the product's raw contract; a column that is not named here is not
lost: loading keeps it in the row's `_extra` JSON.
"""

from orchestration.ingestion.contract.kinds import SQL_TYPES, Kind
from orchestration.ingestion.contract.table import Table
from orchestration.ingestion.contract.tables import TABLES

__all__ = ["SOURCES", "SQL_TYPES", "TABLES", "Kind", "Table", "table_named"]

SOURCES: tuple[str, ...] = tuple(dict.fromkeys(table.source for table in TABLES))

_BY_NAME = {table.full_name: table for table in TABLES}


def table_named(full_name: str) -> Table:
    """Return the table called `full_name`, such as `commerce.orders`.

    Raises:
        KeyError: If the contract has no such table.
    """
    return _BY_NAME[full_name]
