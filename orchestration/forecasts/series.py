"""Days as SQL has them, one row each, as the series that are forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestration.forecasts.outlook import Outlook
    from python_assets.forecasting.series import DailySeries


def daily_series(
    days: pd.DataFrame, value: str, names: Sequence[str], outlook: Outlook, ahead: int
) -> DailySeries:
    """Series of one column, with 0 on the days since their first that have no row.

    Args:
        days: Columns series and date (datetime64), and the column that is asked for; days after
            the last one that is over are left out.
        value: The column.
        names: The series that are wanted, in order; one without a row has no values.
        outlook: From where is looked ahead.
        ahead: Days that are to be forecast.
    """
    from python_assets.forecasting.series import DailySeries  # noqa: PLC0415

    last = pd.Timestamp(outlook.last_day)
    past = days[days["date"] <= last]
    first = last if past.empty else past["date"].min()
    table = (
        past.pivot_table(index="series", columns="date", values=value, aggfunc="sum")
        .reindex(index=list(names), columns=pd.date_range(first, last))
        .to_numpy(dtype=float)
    )
    has_started = np.logical_or.accumulate(~np.isnan(table), axis=1)
    return DailySeries(
        names=tuple(names),
        first_day=first.date(),
        values=np.where(has_started & np.isnan(table), 0.0, table),
        is_open=outlook.is_open(first.date(), ahead),
    )
