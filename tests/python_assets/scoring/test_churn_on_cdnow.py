"""Churn of a real shop: who of CDNOW bought nothing in the 90 days after, and who knew."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from python_assets.scoring import bg_nbd
from python_assets.scoring.accuracy import area_under_curve
from python_assets.scoring.churn_model import challenge
from python_assets.scoring.fitting import Floats
from tests.python_assets.scoring.samples import CALIBRATION_END, cdnow_at


def _cdnow_window(day: int) -> tuple[pd.DataFrame, Floats, Floats]:
    """CDNOW at the end of a day: customers, P(alive), and P(no purchase in the 90 days after)."""
    customers = cdnow_at(day, no_purchase_days=90)
    cells = (
        customers["repeat_purchases"],
        customers["recency_days"] / 7,
        customers["age_days"] / 7,
    )
    model, _ = bg_nbd.fit(*cells, np.ones(len(customers)))
    none = bg_nbd.probability_of_no_purchase(model, 90 / 7, *cells)
    return customers, bg_nbd.probability_alive(model, *cells), none


def test_to_have_left_is_no_churn_risk_and_to_buy_nothing_is():
    customers, alive, none = _cdnow_window(CALIBRATION_END)
    has_churned = customers["has_churned"].to_numpy()
    assert area_under_curve(1 - alive, has_churned) == pytest.approx(0.32, abs=0.05)
    # On the whole of CDNOW none of five methods reaches 0.80 (case cdnow_churn_auc_ceiling).
    assert 0.70 < area_under_curve(none, has_churned) < 0.80
    assert none.mean() == pytest.approx(has_churned.mean(), abs=0.05)


def test_a_logistic_regression_is_about_as_good_on_cdnow():
    windows = [_cdnow_window(day) for day in (CALIBRATION_END - 90, CALIBRATION_END)]
    training, held_back = (
        pa.table(
            {
                "feature_repeat_purchases": np.log1p(customers["repeat_purchases"]),
                "feature_silent_days": np.log1p(customers["age_days"] - customers["recency_days"]),
                "feature_age_days": customers["age_days"].astype(float),
                "has_churned": customers["has_churned"],
                "closed_form": none,
            }
        )
        for customers, _, none in windows
    )
    result = challenge(training, held_back, 500).to_pandas().query("kind == 'performance'")
    measured = result.set_index(["name", "model"])["value"]
    ours, theirs = measured["auc"]["logistic"], measured["auc"]["closed_form"]
    assert 0.70 < ours < 0.80
    assert ours == pytest.approx(theirs, abs=0.03)
    assert measured["is_in_service"]["logistic"] == (ours > theirs)
    assert measured["buyers"].tolist() == [2_357, 2_357]
