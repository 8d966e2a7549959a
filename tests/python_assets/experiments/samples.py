"""Published cases, the data they are of, and frames of experiments to be decided."""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from python_assets.experiments.arrays import Floats
from python_assets.experiments.moments import Moments
from tests.conftest import SHARED

CASES = SHARED / "data" / "cases" / "experiments"


@functools.cache
def _cases() -> dict[str, Any]:
    listed = json.loads(_present("cases.json").read_text())
    return {one["name"]: one for one in listed}


def case(name: str) -> dict[str, Any]:
    """One of the published cases: inputs, expected, tolerance."""
    found: dict[str, Any] = _cases()[name]
    return found


@functools.cache
def _columns(name: str) -> pd.DataFrame:
    return pd.read_csv(_present(name))


def cookie_cats(column: str) -> tuple[Floats, Floats]:
    """A column of the players of Cookie Cats, of the arms with a gate at level 30 and at 40."""
    players = _columns("cookie_cats.csv")
    values = players[column].to_numpy(np.float64)
    is_control = (players["version"] == "gate_30").to_numpy()
    return values[is_control], values[~is_control]


def tea_users(column: str) -> tuple[Floats, Floats]:
    """A column of the 4,000 users of the guide of tea-tasting."""
    users = _columns("tea_tasting_users_cov_rng42.csv")
    values, variant = users[column].to_numpy(np.float64), users["variant"].to_numpy()
    return values[variant == 0], values[variant == 1]


def tea_moments(
    numerator: str, denominator: str | None = None, covariate: str | None = None
) -> tuple[Moments, Moments]:
    """Sums over the users of both arms."""
    y = tea_users(numerator)
    z = tea_users(denominator) if denominator else (1.0, 1.0)
    x = tea_users(covariate) if covariate else (np.nan, np.nan)
    control, treatment = (Moments.from_units(y[i], z[i], x[i]) for i in range(2))
    return control, treatment


def _present(name: str) -> Path:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{path} is absent: the published cases are not part of this repository")
    return path


# ---------------------------------------------------------------- frames to decide


def experiment(name: str = "x", **changed: object) -> dict[str, object]:
    """An experiment that has run long enough, with a target that 2,000 units reach."""
    return {
        "experiment": name,
        "status": "running",
        "primary_metric": "conversion_rate",
        "guardrail_metrics": [],
        "confidence_level": 0.95,
        "target_sample_size": 2000,
        "minimum_effect": 0.1,
        "started_at": pd.Timestamp("2026-03-01"),
        "measured_until": pd.Timestamp("2026-03-15"),
        "days_running": 14,
        "excluded_units": 0,
        "unknown_variant_units": 0,
        **changed,
    }


def arm(variant: str, moments: Moments, **changed: object) -> dict[str, object]:
    """An arm of one of them; `a` is control."""
    return {
        "experiment": "x",
        "metric": "conversion_rate",
        "metric_kind": "proportion",
        "is_lower_better": False,
        "dimension": "all",
        "dimension_value": "all",
        "variant": variant,
        "is_control": variant == "a",
        "split": 0.5,
        "source": "units",
        **{name: float(total) for name, total in vars(moments).items()},
        "winsorised_at": None,
        "raw_numerator": float(moments.numerator),
        "raw_numerator_squares": float(moments.numerator_squares),
        **changed,
    }


def converted(variant: str, successes: int, units: int, **changed: object) -> dict[str, object]:
    """An arm of which so many units converted."""
    return arm(variant, rates(successes, units), **changed)


def rates(successes: float, units: float) -> Moments:
    """Sums of a share of units."""
    x, n, none = np.asarray(float(successes)), np.asarray(float(units)), np.asarray(np.nan)
    return Moments(n, x, n, none, x, n, none, x, none, none)


def frame(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Rows as a frame; without rows, one with the columns it would have."""
    return pd.DataFrame(rows, columns=list(converted("a", 1, 2)))
