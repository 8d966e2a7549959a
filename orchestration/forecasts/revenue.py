"""Revenue that may come: in all, by channel and by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.forecasts.series import daily_series

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from orchestration.forecasts.outlook import Outlook
    from python_assets.forecasting.forecast import Forecasts

_REVENUE_DAYS = """
select
    case dimension when 'all' then 'all' else dimension || ':' || dimension_value end as series,
    date, revenue
from intermediate.int_revenue_days
order by all
"""


def revenue_days(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Columns series, date, revenue; a series is `all`, `channel:email`, `segment:Loyal`."""
    return connection.execute(_REVENUE_DAYS).df()


def forecast_revenue(days: pd.DataFrame, outlook: Outlook) -> Forecasts:
    """Forecast every series of revenue; `all` is there though nothing was ever sold."""
    from python_assets.forecasting.forecast import forecast  # noqa: PLC0415

    settings = outlook.settings
    names = sorted({"all", *days["series"]})
    ahead = max(settings.horizon_days, *settings.totals_days)
    return forecast(
        daily_series(days, "revenue", names, outlook, ahead),
        horizon_days=settings.horizon_days,
        totals=settings.totals_days,
        levels=settings.levels,
        evaluation_weeks=settings.evaluation_weeks,
    )
