"""Campaigns that go on are forecast; budgets are held against what the month will have cost."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from orchestration.forecasts.campaigns import forecast_campaigns, pace
from orchestration.forecasts.outlook import Outlook
from orchestration.workspace.forecast_settings import ForecastSettings

AS_OF = dt.date(2026, 3, 21)
OUTLOOK = Outlook.of(AS_OF, AS_OF, ForecastSettings())


def campaign(name: str, **values: object) -> dict[str, object]:
    return {
        "campaign_id": name,
        "campaign_name": name.title(),
        "platform": "meta",
        "budget_kind": "daily",
        "planned": 310.0,
        "last_date": pd.NaT,
        "spent": 210.0,
        "is_active": True,
        **values,
    }


def listed(*campaigns: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(campaigns))
    return frame.assign(last_date=pd.to_datetime(frame["last_date"]))


def days(*names: str) -> pd.DataFrame:
    """Twelve weeks at 10 a day for 40 of revenue and one conversion."""
    dates = pd.date_range(AS_OF - dt.timedelta(days=83), AS_OF)
    frames = [
        pd.DataFrame(
            {"series": name, "date": dates, "spend": 10.0, "conversions": 1.0, "revenue": 40.0}
        )
        for name in names
    ]
    return pd.concat(frames, ignore_index=True)


def test_what_goes_on_as_before_costs_and_brings_as_before():
    made = forecast_campaigns(days("a", "b"), listed(campaign("a"), campaign("b")), OUTLOOK)
    totals = made[made["campaign_id"] == "b"].set_index(["horizon_days", "measure"])["forecast"]
    assert totals.to_dict() == pytest.approx(
        {
            (7, "conversions"): 7,
            (7, "revenue"): 280,
            (7, "roas"): 4,
            (7, "spend"): 70,
            (30, "conversions"): 30,
            (30, "revenue"): 1200,
            (30, "roas"): 4,
            (30, "spend"): 300,
        }
    )
    assert set(made["forecast_date"]) == {dt.date(2026, 3, 28), dt.date(2026, 4, 20)}


def test_what_does_not_go_on_is_not_forecast():
    made = forecast_campaigns(days("a"), listed(campaign("a", is_active=False)), OUTLOOK)
    assert made.empty


def test_a_month_is_what_was_spent_and_what_is_left():
    paced = pace(
        days("on", "ending", "stopped"),
        listed(
            campaign("on"),
            campaign("ending", last_date=pd.Timestamp("2026-03-25"), planned=300.0),
            campaign("stopped", is_active=False),
            campaign("unplanned", planned=np.nan, spent=0.0),
        ),
        OUTLOOK,
    ).set_index("campaign_id")
    assert list(paced.index) == ["on", "ending", "stopped"]
    assert paced["days_left"].to_dict() == {"on": 10, "ending": 4, "stopped": 0}
    assert paced["projected"].to_dict() == pytest.approx({"on": 310, "ending": 250, "stopped": 210})
    assert paced["status"].to_dict() == {"on": "on_track", "ending": "under", "stopped": "under"}


def test_on_the_last_day_nothing_is_left_to_forecast():
    last = dt.date(2026, 3, 31)
    outlook = Outlook.of(last, last, ForecastSettings())
    paced = pace(days("on"), listed(campaign("on")), outlook)
    assert paced[["days_left", "projected"]].to_numpy().tolist() == [[0, 210.0]]


def test_spend_without_a_budget_is_told_without_a_verdict():
    paced = pace(days("on"), listed(campaign("on", planned=np.nan)), OUTLOOK)
    assert paced["status"].tolist() == ["unknown"]
    assert paced["projected"].tolist() == pytest.approx([310])
    assert "budget" in paced["why_not"][0]
