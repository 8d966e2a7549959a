"""Objects of the Graph API as rows of the raw contract.

All columns are text, as most of Meta's numbers are anyway: the load rules read them. What is
nested becomes JSON text. Fields the contract has no column for stay as columns of their own.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from orchestration.ingestion.contract import table_named
from orchestration.sources.meta_api.graph import Row


def creative_id_of(row: Row) -> Row:
    """An ad with the number of its creative instead of the creative.

    Example:
        >>> creative_id_of({"id": "1", "creative": {"id": "7"}})
        {'id': '1', 'creative_id': '7'}
    """
    if "creative" not in row:
        return row
    creative = row["creative"]
    rest = {name: value for name, value in row.items() if name != "creative"}
    return {**rest, "creative_id": creative.get("id") if isinstance(creative, dict) else creative}


def table_of(
    full_name: str, rows: Sequence[Row], fields: Iterable[str] = (), order: Iterable[str] = ()
) -> pa.Table:
    """Rows as a table of text whose columns and order do not depend on how they arrived.

    Args:
        full_name: Raw table, whose columns come first.
        rows: As Meta gave them, renamed to the contract.
        fields: Names of fields asked for; a column each, even where no row has them.
        order: Columns to sort by.
    """
    known = table_named(full_name).columns
    others = sorted({*fields, *(name for row in rows for name in row)} - set(known))
    by = list(order) or ["id"]
    ordered = sorted(rows, key=lambda row: [str(row.get(name)) for name in by])
    return pa.table(
        {
            name: pa.array([_text(row.get(name)) for row in ordered], pa.string())
            for name in [*known, *others]
        }
    )


def rows_of(table: pa.Table) -> list[Row]:
    """The rows of a file laid before."""
    found: list[Row] = table.to_pylist()
    return found


def _text(value: Any) -> str | None:  # noqa: ANN401 (whatever JSON holds)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
