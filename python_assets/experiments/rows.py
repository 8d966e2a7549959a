"""What sentences are made of: the columns of a row of results while it is being decided."""

from typing import Protocol, cast, get_type_hints

import pandas as pd

_UPPER_CASE = {"ctr": "CTR", "cpc": "CPC", "roas": "ROAS"}


class ResultRow(Protocol):
    """A row of results as `itertuples` yields it; numbers are `nan` where null."""

    experiment: str
    status: str
    variant: str
    control: str
    metric: str
    metric_role: str
    dimension: str
    dimension_value: str
    has_control: bool
    has_treatment: bool
    confidence_level: float
    sample_size: float
    target_sample_size: float
    days_running: float
    unit_word: str
    is_of_ad_days: bool
    observed: str
    planned: str
    srm_p_value: float
    has_srm: bool
    control_units: float
    treatment_units: float
    control_value: float
    treatment_value: float
    difference: float
    difference_lower: float
    difference_upper: float
    lift: float
    lift_lower: float
    lift_upper: float
    p_value: float
    adjusted_p_value: float
    always_valid_adjusted_p_value: float
    fewest_effective_units: float
    is_fixed_horizon: bool
    can_decide: bool
    is_better: bool
    is_worse: bool
    is_tied: bool
    harmed: str
    winner: str | None
    why_not: str | None


def result_rows(results: pd.DataFrame) -> list[ResultRow]:
    """Rows with what sentences need of them; what is not known yet is left out."""
    names = [name for name in get_type_hints(ResultRow) if name in results]
    return cast("list[ResultRow]", list(results[names].itertuples(index=False)))


def metric_words(metric: str) -> str:
    """Name of a metric as people write it.

    Example:
        >>> metric_words("conversion_rate"), metric_words("cpc")
        ('conversion rate', 'CPC')
    """
    return _UPPER_CASE.get(metric, metric.replace("_", " "))
