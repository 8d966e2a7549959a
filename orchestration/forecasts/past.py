"""Forecasts that were published before, kept in the published file and scored on what came.

They are read from the file that readers had, so that what a refused or killed run had foreseen is
never taken for something anybody was told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from orchestration.forecasts.tables import PAST_REVENUE, REVENUE
from orchestration.ingestion.sql import text_literal

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

    from orchestration.forecasts.outlook import Outlook
    from orchestration.workspace.paths import Workspace


def published_forecasts(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, as_of: dt.date
) -> pd.DataFrame:
    """All forecasts of revenue that were ever published, but for those of this very day.

    Returns:
        The columns of forecasts.revenue; no row where nothing was published yet, or by a version
        that did not forecast.
    """
    if not workspace.published_database.exists():
        return pd.DataFrame()
    connection.execute(
        f"attach {text_literal(str(workspace.published_database))} as readers (read_only)"
    )
    try:
        tables = _tables_there(connection)
        if not tables:
            return pd.DataFrame()
        every = " union all by name ".join(f"select * from readers.{table}" for table in tables)
        query = f"select * from ({every}) where as_of <> $as_of order by as_of, series, period"
        return connection.execute(f"{query}, horizon_days", {"as_of": as_of}).df()
    finally:
        connection.execute("detach readers")


def score_past(past: pd.DataFrame, days: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """Score forecasts whose days are all over, by series, method and horizon."""
    from python_assets.forecasting.published import score_published  # noqa: PLC0415

    if past.empty:
        return pd.DataFrame()
    made_before = past[past["as_of"] < pd.Timestamp(outlook.as_of)]
    return score_published(made_before, _what_came(days, outlook))


def _what_came(days: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """One row per series and day that is over, 0 where nothing was sold."""
    past = days[days["date"] <= pd.Timestamp(outlook.last_day)]
    if past.empty:
        return pd.DataFrame({"series": [], "date": [], "value": []})
    dates = pd.date_range(past["date"].min(), pd.Timestamp(outlook.last_day), name="date")
    whole = pd.MultiIndex.from_product(
        [sorted(set(past["series"])), dates], names=["series", "date"]
    )
    values = past.set_index(["series", "date"])["revenue"].reindex(whole, fill_value=0.0)
    return values.rename("value").reset_index()


def _tables_there(connection: duckdb.DuckDBPyConnection) -> list[str]:
    there = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_catalog = 'readers'"
    ).fetchall()
    return [table for table in (REVENUE, PAST_REVENUE) if (table,) in there]
