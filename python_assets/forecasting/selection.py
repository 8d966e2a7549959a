"""Which method forecasts a series: the one that was least wrong on it."""

from collections.abc import Mapping

import numpy as np

from python_assets.forecasting.accuracy import Trial, measure
from python_assets.forecasting.rolling import Group
from python_assets.forecasting.series import Floats


def daily_wape(trial: Trial, horizon_days: int) -> Floats:
    """WAPE of each series over all days that were forecast one by one, whatever the horizon."""
    everything = Group("day", "all", slice(0, horizon_days), range(1, horizon_days + 1))
    return measure(trial, everything).wape


def best_methods(wapes: Mapping[str, Floats], baseline: str) -> tuple[str, ...]:
    """Of each series the method that was least wrong; never one that lost to the baseline.

    Between equals the first one counts, and likewise where there is nothing to tell them apart.

    Args:
        wapes: Error of each series by method; NaN where it is unknown.
        baseline: The method that others must not lose to.

    Example:
        >>> errors = {"ours": np.array([0.2, 0.4, np.nan]), "naive": np.array([0.3, 0.3, np.nan])}
        >>> best_methods(errors, "naive")
        ('ours', 'naive', 'ours')
    """
    if baseline not in wapes:
        raise ValueError(f"the baseline {baseline!r} is none of the methods {', '.join(wapes)}")
    methods = tuple(wapes)
    stacked = np.stack([np.nan_to_num(wapes[name], nan=np.inf) for name in methods])
    return tuple(methods[place] for place in stacked.argmin(axis=0))
