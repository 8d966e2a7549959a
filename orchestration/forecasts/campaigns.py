"""What campaigns will cost and bring if they go on as now, and whether budgets will be spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from orchestration.forecasts.series import daily_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from orchestration.forecasts.outlook import Outlook
    from python_assets.forecasting.series import DailySeries

MEASURES = ("spend", "conversions", "revenue")
ROAS = "roas"

_DAYS = """
select campaign_id as series, date, spend, conversions, revenue
from intermediate.int_campaign_outcome_days
order by all
"""

# One that spent nothing in a week is not going on, whatever its status says.
_CAMPAIGNS = """
with spend as (
    select
        campaign_id,
        sum(cast(spend as decimal(38, 6))) filter (where date > $last_day - 7) as recent_spend,
        sum(cast(spend as decimal(38, 6))) filter (where date >= $month_start) as month_spend
    from intermediate.int_campaign_outcome_days
    where date <= $last_day
    group by 1
)
select
    campaigns.campaign_id, campaigns.campaign_name, campaigns.platform,
    budgets.budget_kind, budgets.planned, budgets.last_date,
    cast(coalesce(spend.month_spend, 0) as double) as spent,
    coalesce(spend.recent_spend, 0) > 0
        and coalesce(lower(campaigns.status), 'active') not in (
            'paused', 'archived', 'deleted', 'completed', 'ended', 'canceled', 'cancelled'
        ) as is_active
from campaigns.dim_campaigns as campaigns
left join spend on campaigns.campaign_id = spend.campaign_id
left join intermediate.int_campaign_budgets as budgets
    on campaigns.campaign_id = budgets.campaign_id
order by campaigns.campaign_id
"""


def campaign_days(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Columns series (the campaign), date, spend, conversions, revenue."""
    return connection.execute(_DAYS).df()


def campaigns(connection: duckdb.DuckDBPyConnection, outlook: Outlook) -> pd.DataFrame:
    """One row per campaign: names, budget of the month, spent so far, whether it goes on."""
    dates = {"last_day": outlook.last_day, "month_start": outlook.as_of.replace(day=1)}
    return connection.execute(_CAMPAIGNS, dates).df()


def forecast_campaigns(days: pd.DataFrame, listed: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """Forecast totals of the campaigns that go on, one row per campaign, horizon and measure."""
    from python_assets.forecasting.ratios import forecast_ratios  # noqa: PLC0415

    settings, totals = outlook.settings, outlook.settings.totals_days
    names = list(listed.loc[listed["is_active"], "campaign_id"])
    ahead = max(settings.horizon_days, *totals)
    series = {measure: daily_series(days, measure, names, outlook, ahead) for measure in MEASURES}
    frames = [
        _totals(one, totals, outlook).assign(measure=measure) for measure, one in series.items()
    ]
    ratios = forecast_ratios(
        series["revenue"],
        series["spend"],
        horizon_days=settings.horizon_days,
        totals=totals,
        levels=settings.levels,
        evaluation_weeks=settings.evaluation_weeks,
    )
    frames.append(ratios.assign(measure=ROAS))
    known = listed[["campaign_id", "campaign_name", "platform"]]
    return (
        pd.concat(frames, ignore_index=True)
        .rename(columns={"series": "campaign_id"})
        .merge(known, on="campaign_id")
        .sort_values(["campaign_id", "horizon_days", "measure"], ignore_index=True)
    )


def pace(days: pd.DataFrame, listed: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """Project the month's spend of every campaign that has a budget or spent anything in it."""
    from python_assets.forecasting.pacing import pace_budgets  # noqa: PLC0415

    asked = listed[(listed["planned"] > 0) | (listed["spent"] > 0)].reset_index(drop=True)
    asked["days_left"] = _days_left(asked, outlook)
    going_on = asked[asked["days_left"] > 0]
    remaining = _remaining(days, going_on, outlook).set_index("campaign_id")
    rest = remaining.reindex(asked["campaign_id"])
    # What does not go on spends nothing any more; that is no forecast.
    is_over = (asked["days_left"] == 0).to_numpy()
    spend = {
        name: np.where(is_over, 0.0, rest[column].to_numpy(dtype=float))
        for name, column in (
            ("remaining", "forecast"),
            ("remaining_lower", "lower_80"),
            ("remaining_upper", "upper_80"),
        )
    }
    paced = pace_budgets(
        planned=asked["planned"].to_numpy(dtype=float),
        spent=asked["spent"].to_numpy(dtype=float),
        tolerance=outlook.settings.pacing_tolerance,
        **spend,
    )
    known = asked[["campaign_id", "campaign_name", "platform", "budget_kind", "days_left"]]
    return pd.concat([known, paced.assign(forecast_spend=spend["remaining"])], axis=1)


def _days_left(asked: pd.DataFrame, outlook: Outlook) -> list[int]:
    """Days of the month on which each campaign is still to spend."""
    ends = asked["last_date"].dt.date.where(asked["last_date"].notna(), outlook.month_end)
    left = [(min(end, outlook.month_end) - outlook.last_day).days for end in ends]
    return [
        max(count, 0) if is_active else 0
        for count, is_active in zip(left, asked["is_active"], strict=True)
    ]


def _remaining(days: pd.DataFrame, going_on: pd.DataFrame, outlook: Outlook) -> pd.DataFrame:
    """Forecast what each campaign spends on the days it has left."""
    totals = tuple(sorted(set(going_on["days_left"]))) or (1,)
    names: Sequence[str] = list(going_on["campaign_id"])
    ahead = max(outlook.settings.horizon_days, *totals)
    series = daily_series(days, "spend", names, outlook, ahead)
    wanted = going_on[["campaign_id", "days_left"]].rename(
        columns={"campaign_id": "series", "days_left": "horizon_days"}
    )
    return (
        _totals(series, totals, outlook)
        .merge(wanted, on=["series", "horizon_days"])
        .rename(columns={"series": "campaign_id"})
    )


def _totals(series: DailySeries, totals: tuple[int, ...], outlook: Outlook) -> pd.DataFrame:
    """The forecasts of totals alone."""
    from python_assets.forecasting.forecast import forecast  # noqa: PLC0415

    settings = outlook.settings
    made = forecast(
        series,
        horizon_days=settings.horizon_days,
        totals=totals,
        levels=settings.levels,
        evaluation_weeks=settings.evaluation_weeks,
    ).forecasts
    return made[made["period"] == "total"]
