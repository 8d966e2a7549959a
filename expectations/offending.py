"""Finding the rows to blame for a failed check, without showing whom they are about."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from expectations.checks import Check

# Enough to recognise a pattern, few enough to read in a terminal and to store with every run.
MAX_ROWS = 5

# Fields that say who somebody is, and free text and JSON in which people leave the same.
PRIVATE_COLUMNS = frozenset(
    {
        "email",
        "phone",
        "first_name",
        "last_name",
        "birth_date",
        "field_data",
        "fields",
        "message",
        "comment",
        "text",
        "_extra",
    }
)
_PRIVATE_SUFFIX = "_hash"


def offending_query(check: Check, relation: str) -> str | None:
    """Return the query for the rows a failed check is about, if any are to blame."""
    if check.offending_rows is None:
        return None
    text = check.offending_rows.strip().replace("{relation}", relation)
    if text.lower().startswith(("select", "with")):
        return text
    return f"select * from {relation} where {text}"


def offending_rows(
    connection: duckdb.DuckDBPyConnection, query: str
) -> tuple[int, list[dict[str, object]]]:
    """Count the rows a query returns and fetch the first few in a fixed order.

    Returns:
        The count, and at most five rows as JSON-able values without personal fields.
    """
    counted = connection.execute(f"select count(*) from ({query})").fetchone()
    cursor = connection.execute(f"select * from ({query}) order by all limit {MAX_ROWS}")
    names = [column[0] for column in cursor.description or []]
    rows = [
        {
            name: _plain(value)
            for name, value in zip(names, values, strict=True)
            if not _is_private(name)
        }
        for values in cursor.fetchall()
    ]
    return int(counted[0]) if counted else 0, rows


def _is_private(name: str) -> bool:
    return name.lower() in PRIVATE_COLUMNS or name.lower().endswith(_PRIVATE_SUFFIX)


def _plain(value: object) -> object:
    """Return a value that JSON can hold: numbers stay numbers, the rest becomes text."""
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.loads(json.dumps(value, default=str))
