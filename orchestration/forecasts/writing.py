"""Makes all forecasts of a run and writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from orchestration.described_tables import replace_table
from orchestration.forecasts.campaigns import (
    campaign_days,
    campaigns,
    forecast_campaigns,
    pace,
)
from orchestration.forecasts.past import published_forecasts, score_past
from orchestration.forecasts.revenue import forecast_revenue, revenue_days
from orchestration.forecasts.tables import (
    ACCURACY,
    BUDGET_PACING,
    CAMPAIGN_SPEND,
    PAST_ACCURACY,
    PAST_REVENUE,
    REVENUE,
    TABLES,
)

if TYPE_CHECKING:
    import duckdb

    from orchestration.forecasts.outlook import Outlook
    from orchestration.workspace.paths import Workspace


_COLUMNS_OF_LEVELS = ("lower_", "upper_", "coverage_")


def write_forecasts(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, outlook: Outlook
) -> int:
    """Forecast revenue and campaigns, and score what was published before.

    Args:
        connection: The build database, with the marts of conversions and campaigns.
        workspace: Where past forecasts were published.
        outlook: From where is looked ahead.

    Returns:
        The number of series of revenue.
    """
    revenue = revenue_days(connection)
    made = forecast_revenue(revenue, outlook)
    past = published_forecasts(connection, workspace, outlook.as_of)
    spend = campaign_days(connection)
    listed = campaigns(connection, outlook)
    frames = {
        REVENUE: made.forecasts,
        ACCURACY: made.accuracy,
        PAST_REVENUE: past,
        PAST_ACCURACY: score_past(past, revenue, outlook),
        CAMPAIGN_SPEND: forecast_campaigns(spend, listed, outlook),
        BUDGET_PACING: pace(spend, listed, outlook),
    }
    for table, frame in frames.items():
        replace_table(connection, table, TABLES[table], _completed(table, frame, outlook))
    return int(made.forecasts["series"].nunique())


def _completed(table: str, frame: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """The table's columns, those a frame without rows lacks, and those of further levels."""
    if table != PAST_REVENUE:
        frame = frame.assign(as_of=outlook.as_of)
    declared = list(TABLES[table].columns)
    missing = [name for name in declared if name not in frame]
    of_levels = [
        name
        for name in map(str, frame.columns)
        if name not in declared and name.startswith(_COLUMNS_OF_LEVELS)
    ]
    frame = frame.assign(**dict.fromkeys(missing, pd.Series(dtype=object)))
    return frame[[*declared, *of_levels]]
