"""Measuring a table: one scan by DuckDB, one row of numbers for Great Expectations.

Great Expectations cannot push its own work down to DuckDB, and a pandas frame of every row
would not fit; a row of aggregates always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import pandas as pd


def profile_query(relation: str, measures: Mapping[str, str]) -> str:
    """Return the query that takes all measures of a relation in one scan.

    Args:
        relation: A table, a view or a query in parentheses.
        measures: SQL aggregate by the name its result gets.

    Raises:
        ValueError: If there is nothing to measure.

    Example:
        >>> profile_query("shop.orders", {"rows": "count(*)", "largest": "max(total)"})
        'select count(*) as "rows", max(total) as "largest" from shop.orders'
    """
    if not measures:
        raise ValueError(f"no measures to take of {relation}")
    columns = ", ".join(
        f'{aggregate} as "{name.replace(chr(34), chr(34) * 2)}"'
        for name, aggregate in measures.items()
    )
    return f"select {columns} from {relation}"


def profile(
    connection: duckdb.DuckDBPyConnection, relation: str, measures: Mapping[str, str]
) -> pd.DataFrame:
    """Measure a relation.

    Returns:
        One row with one column per measure.
    """
    return connection.execute(profile_query(relation, measures)).df()
