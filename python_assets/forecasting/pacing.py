"""Whether budgets will be spent: what was, and what the forecast adds until the period ends."""

import numpy as np
import pandas as pd

from python_assets.forecasting.errors import shares
from python_assets.forecasting.series import Floats

TOLERANCE = 0.1


def pace_budgets(  # noqa: PLR0913 (columns, named where it is called)
    *,
    planned: Floats,
    spent: Floats,
    remaining: Floats,
    remaining_lower: Floats,
    remaining_upper: Floats,
    tolerance: float = TOLERANCE,
) -> pd.DataFrame:
    """Project spend to the end of a period, such as a month, and hold it against the plan.

    Args:
        planned: Budget of the period, one per campaign; NaN where there is none.
        spent: Spend of the period so far, in the same unit.
        remaining: Forecast of the rest: the total that `forecast` gives with `totals` set to the
            days left; 0 when the period is over, NaN where there is no forecast.
        remaining_lower: Lower bound of that total; NaN where there is none.
        remaining_upper: Upper bound.
        tolerance: Share of the plan that a projection may be off and still be on track.

    Returns:
        One row per campaign, in order: planned, spent, projected, projected_lower,
        projected_upper, difference (projected less planned), difference_share (of the plan),
        status (`over`, `under`, `on_track`, `unknown`) and why_not, which says what an unknown
        status lacks. Nothing is projected without a forecast.

    Raises:
        ValueError: If a budget or spend is negative, or the tolerance is.

    Example:
        >>> paced = pace_budgets(
        ...     planned=np.array([100.0]),
        ...     spent=np.array([60.0]),
        ...     remaining=np.array([30.0]),
        ...     remaining_lower=np.array([20.0]),
        ...     remaining_upper=np.array([40.0]),
        ... )
        >>> paced[["projected", "difference", "status"]].values.tolist()
        [[90.0, -10.0, 'on_track']]
    """
    if tolerance < 0 or (np.minimum(planned, spent) < 0).any():
        raise ValueError("budgets, spend and tolerance of 0 or more are accepted")
    projected = spent + remaining
    difference = projected - planned
    allowed = tolerance * planned
    # Sums of money may be off by the last bit exactly at the tolerance.
    slack = 1e-9 * planned
    why_not = np.full(len(planned), None, dtype=object)
    why_not[np.isnan(projected)] = "there is no forecast of the days that are left"
    why_not[np.isnan(planned)] = "no budget is planned"
    status = np.select(
        [np.isnan(difference), difference > allowed + slack, difference < -allowed - slack],
        ["unknown", "over", "under"],
        "on_track",
    )
    return pd.DataFrame(
        {
            "planned": planned,
            "spent": spent,
            "projected": projected,
            "projected_lower": spent + remaining_lower,
            "projected_upper": spent + remaining_upper,
            "difference": difference,
            "difference_share": shares(difference, planned),
            "status": status.astype(object),
            "why_not": pd.Series(why_not, dtype=object),
        }
    )
