"""How right forecasts were that had been published, now that what they spoke of has come."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from python_assets.forecasting.errors import shares
from python_assets.forecasting.methods import BASELINE
from python_assets.forecasting.rolling import Steps
from python_assets.forecasting.series import Floats, Integers
from python_assets.forecasting.tables import NO_METHOD

PUBLISHED = "published"
# A bound may differ from what came in the last bits of a sum.
_ROUNDING = 1e-9
_DAYS_PER_WEEK = 7
_KEY = ["series", "method", "period", "horizon"]


def score_published(past: pd.DataFrame, actuals: pd.DataFrame) -> pd.DataFrame:
    """Hold published forecasts against what came, as far as all of their days have.

    Args:
        past: Published rows as `Forecasts.forecasts` has them, and as_of, which names the
            publication: series, period, forecast_date, horizon_days, forecast, bounds by level,
            method. Rows without a forecast are left out.
        actuals: One row per series and day that is complete: series, date, value. A forecast
            whose days are not all there is left out.

    Returns:
        One row per series, method and horizon, in the columns of `Forecasts.accuracy`, with the
        evidence `published`. All methods are used ones. wape_of_baseline is that of the same
        weekday of the last week before each forecast, and null where such a day is not there.

    Raises:
        ValueError: If a series has two values for a day.
    """
    levels = [name.removeprefix("upper_") for name in past.columns if re.match(r"upper_\d", name)]
    has_forecast = (past["method"] != NO_METHOD) & past["forecast"].notna()
    scored = _scored(past[has_forecast], actuals, levels)
    groups = scored.groupby(_KEY, sort=True)
    days = groups.size()
    total = groups[["error", "size_of_error", "actual", "size"]].sum()
    baseline = groups["size_of_baseline_error"].agg(lambda errors: errors.sum(skipna=False))
    table = pd.DataFrame(
        {
            "is_used": True,
            "is_baseline": days.index.get_level_values("method") == BASELINE,
            "evidence": PUBLISHED,
            "origins": groups["as_of"].nunique(),
            "days": days,
            "wape": _share(total["size_of_error"], total["size"]),
            "total_error": _share(total["error"], total["actual"].abs()),
            "bias": total["error"] / days,
            **{f"coverage_{level}": groups[f"inside_{level}"].mean() for level in levels},
            "evaluated_from": groups["target"].min().dt.date,
            "evaluated_to": groups["target"].max().dt.date,
            "wape_of_baseline": _share(baseline, total["size"]),
        }
    ).reset_index()
    head = ["series", "method", "is_used", "is_baseline", "period", "horizon", "evidence"]
    return table[[*head, *table.columns.drop(head)]]


@dataclass(frozen=True)
class _Actuals:
    """Values by series and day, NaN where there is none."""

    names: pd.Index
    first: pd.Timestamp
    values: Floats

    @classmethod
    def of(cls, actuals: pd.DataFrame) -> "_Actuals":
        if actuals.duplicated(["series", "date"]).any():
            row = actuals[actuals.duplicated(["series", "date"])].iloc[0]
            raise ValueError(f"series {row['series']!r} has two values for {row['date']}")
        dates = pd.to_datetime(actuals["date"])
        names = pd.Index(actuals["series"].unique())
        first = dates.min() if len(dates) else pd.Timestamp(0)
        days = (dates - first).dt.days.to_numpy()
        values = np.full((len(names), days.max(initial=0) + 1), np.nan)
        values[names.get_indexer(pd.Index(actuals["series"])), days] = actuals["value"].to_numpy(
            float
        )
        return cls(names, first, values)

    def at(self, rows: Integers, days: Integers) -> Floats:
        """Values of some series on some days, counted from the first one."""
        found = np.full(len(rows), np.nan)
        is_there = (rows >= 0) & (days >= 0) & (days < self.values.shape[1])
        found[is_there] = self.values[rows[is_there], days[is_there]]
        return found


def _scored(past: pd.DataFrame, actuals: pd.DataFrame, levels: list[str]) -> pd.DataFrame:
    """Forecasts whose days have all come, with their errors."""
    known = _Actuals.of(actuals)
    rows = known.names.get_indexer(pd.Index(past["series"]))
    target = pd.to_datetime(past["forecast_date"])
    last = (target - known.first).dt.days.to_numpy()
    leads = past["horizon_days"].to_numpy(dtype=np.int64)
    is_total = (past["period"] == "total").to_numpy()
    came, naive = np.zeros(len(past)), np.zeros(len(past))
    for lead in range(1, int(leads.max(initial=0)) + 1):
        # A day is its own horizon; a total goes over all days up to its horizon.
        chosen = np.flatnonzero(np.where(is_total, leads >= lead, leads == lead))
        days = last[chosen] - leads[chosen] + lead
        weeks = -(-lead // _DAYS_PER_WEEK)
        came[chosen] += known.at(rows[chosen], days)
        latest = known.at(rows[chosen], days - weeks * _DAYS_PER_WEEK)
        naive[chosen] += np.maximum(latest, 0)
    frame = past.assign(
        target=target,
        horizon=_horizons(leads, is_total),
        actual=came,
        error=past["forecast"] - came,
        size=np.abs(came),
        size_of_error=np.abs(past["forecast"] - came),
        size_of_baseline_error=np.abs(naive - came),
        **{f"inside_{level}": _inside(past, came, level) for level in levels},
    )
    return frame[~np.isnan(came)]


def _horizons(leads: Integers, is_total: npt.NDArray[np.bool_]) -> list[str]:
    furthest = int(leads[~is_total].max(initial=1))
    names = {lead: group.horizon for group in Steps(furthest, ()).groups for lead in group.leads}
    pairs = zip(leads.tolist(), is_total.tolist(), strict=True)
    return [f"total_{lead}" if is_sum else names[lead] for lead, is_sum in pairs]


def _inside(past: pd.DataFrame, came: Floats, level: str) -> Floats:
    """1 where what came lay within the bounds, 0 where not; NaN where that says nothing."""
    lower, upper = (past[f"{side}_{level}"].to_numpy(float) for side in ("lower", "upper"))
    slack = _ROUNDING * np.abs(came)
    is_inside = (came >= lower - slack) & (came <= upper + slack)
    says_nothing = np.isnan(upper) | ((upper == 0) & (came == 0))
    return np.where(says_nothing, np.nan, is_inside)


def _floats(column: "pd.Series[float]") -> Floats:
    return np.asarray(column, dtype=np.float64)


def _share(part: "pd.Series[float]", whole: "pd.Series[float]") -> "pd.Series[float]":
    return pd.Series(shares(_floats(part), _floats(whole)), index=part.index)
