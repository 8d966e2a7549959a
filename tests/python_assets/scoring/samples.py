"""Buyers to score: those of CDNOW, which the papers used, and simulated ones."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import strategies as st

from python_assets.scoring.bg_nbd import BgNbd
from python_assets.scoring.fitting import Floats, Objective
from tests.conftest import SHARED

CDNOW_START = pd.Timestamp("1997-01-01")
# The last day of the 39 weeks that the papers fit to, and 39 weeks later the last day there is.
CALIBRATION_END = 272
OBSERVATION_END = 545

CDNOW_MODEL = BgNbd(r=0.2426, alpha=4.4136, a=0.793, b=2.4262)
MODELS = st.builds(
    BgNbd,
    r=st.floats(0.02, 20),
    alpha=st.floats(0.1, 100),
    a=st.floats(0.02, 20),
    b=st.floats(0.02, 20),
)


@dataclass(frozen=True)
class Buyers:
    """Repeat purchases, recency and age of buyers, and purchases thereafter, one number each."""

    repeat_purchases: Floats
    recency: Floats
    age: Floats
    later: Floats

    @property
    def ones(self) -> Floats:
        return np.ones(len(self.age))

    def cells(self, snapshot: str = "current") -> pa.Table:
        """Buyers counted by whole days, as SQL does."""
        frame = pd.DataFrame(
            {
                "snapshot": snapshot,
                "repeat_purchases": self.repeat_purchases.astype(np.int64),
                "recency_days": self.recency.astype(np.int64),
                "age_days": self.age.astype(np.int64),
            }
        )
        counted = frame.groupby(list(frame.columns)).size().rename("buyers").reset_index()
        return pa.Table.from_pandas(counted, preserve_index=False)


def published(name: str) -> Path:
    path = SHARED / "data" / "cases" / "scores" / name
    if not path.is_file():
        pytest.skip(f"{path} is absent: the published cases are not part of this repository")
    return path


def case(name: str) -> dict[str, Any]:
    cases = json.loads(published("cases.json").read_text())
    return next(case for case in cases if case["name"] == name)


def cdnow_summary(name: str = "lifetimes_cdnow_customers_summary.csv") -> pd.DataFrame:
    columns = {"frequency": "x", "recency": "t_x", "T": "age", "zbar": "mean_value"}
    return pd.read_csv(published(name)).rename(columns=columns)


def cdnow_transactions() -> pd.DataFrame:
    """Rows as they come."""
    return pd.read_csv(
        published("lifetimes_CDNOW_sample.txt"),
        sep=r"\s+",
        names=["master", "customer", "date", "cds", "value"],
    )


@cache
def cdnow_purchases() -> pd.DataFrame:
    """One purchase per customer and day, with its day from the start and its value."""
    rows = cdnow_transactions()
    dates = pd.to_datetime(rows["date"].astype(str), format="%Y%m%d")
    rows["day"] = (dates - CDNOW_START).dt.days
    purchases = rows.groupby(["customer", "day"], as_index=False)["value"].sum()
    purchases["is_repeat"] = purchases["customer"].duplicated()
    return purchases


def cdnow_at(day: int, no_purchase_days: int = 0) -> pd.DataFrame:
    """Customers as they stand at the end of a day, and whether they bought nothing thereafter."""
    purchases = cdnow_purchases()
    known, later = (purchases[purchases["day"] <= day], purchases[purchases["day"] > day])
    customers = known.groupby("customer")["day"].agg(["count", "min", "max"])
    repeats = known[known["is_repeat"]].groupby("customer")["value"].mean()
    soon = later[later["day"] <= day + no_purchase_days]["customer"]
    return pd.DataFrame(
        {
            "repeat_purchases": customers["count"] - 1,
            "recency_days": customers["max"] - customers["min"],
            "age_days": day - customers["min"],
            "mean_value": repeats.reindex(customers.index),
            "has_churned": ~customers.index.isin(soon),
        }
    )


def simulated(
    seed: int, buyers: int, model: BgNbd, days: int = 364, horizon: float = 0.0
) -> Buyers:
    """People who do as the model says, with times in whole days and rates by the day."""
    random = np.random.default_rng(seed)
    rate = random.gamma(model.r, 1 / model.alpha, buyers)
    leaving = random.beta(model.a, model.b, buyers)
    age = random.integers(days // 4, days + 1, buyers).astype(float)
    purchases, recency, later, time = (np.zeros(buyers) for _ in range(4))
    is_customer = np.ones(buyers, dtype=bool)
    while is_customer.any():
        time += random.exponential(1 / rate)
        is_customer &= time < age + horizon
        is_known = is_customer & (time < age)
        purchases += is_known
        later += is_customer & ~is_known
        recency = np.where(is_known, np.ceil(time), recency)
        is_customer &= random.random(buyers) >= leaving
    return Buyers(purchases, recency, age, later)


# Like CDNOW, by the day.
DAILY_MODEL = BgNbd(r=0.4, alpha=30, a=0.8, b=2.4)


@cache
def many_buyers() -> Buyers:
    return simulated(1, 4_000, DAILY_MODEL)


def spenders(seed: int, buyers: int, p: float, q: float, v: float) -> tuple[Floats, Floats]:
    """Numbers of repeat purchases and their mean values, of people as Gamma-Gamma has them."""
    random = np.random.default_rng(seed)
    purchases = random.integers(1, 8, buyers).astype(float)
    rate = random.gamma(q, 1 / v, buyers)
    return purchases, random.gamma(p * purchases, 1 / rate) / purchases


def numeric_gradient(objective: Objective, parameters: Floats) -> Floats:
    """Central differences of an objective, by each parameter."""
    steps = 1e-5 * np.diag(parameters)
    rises = [objective(parameters + step)[0] - objective(parameters - step)[0] for step in steps]
    return np.array(rises) / (2 * steps.diagonal())
