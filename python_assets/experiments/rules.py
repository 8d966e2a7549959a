"""What has to hold before a winner is named."""

from dataclasses import dataclass

from python_assets.experiments.sequential import DEFAULT_TUNING_UNITS
from python_assets.experiments.srm import THRESHOLD


@dataclass(frozen=True)
class Rules:
    """What has to hold before a winner is named.

    Attributes:
        srm_threshold: P value of the split below which nothing is believed.
        minimum_days: Whole days an experiment has to run, so that every weekday is in it.
        always_valid_tuning_units: After how many units always-valid intervals are narrowest; none
            for the target of each experiment (5,000 where it has none).
        power: At which the minimum detectable lift is told.
        minimum_conversions: Successes and failures per arm below which a proportion has no p value
            or interval, as the normal approximation does not hold. A mean or a ratio that rests on
            fewer units than that (by `effective_units`) has both, but makes no winner.
    """

    srm_threshold: float = THRESHOLD
    minimum_days: int = 7
    always_valid_tuning_units: float | None = DEFAULT_TUNING_UNITS
    power: float = 0.8
    minimum_conversions: int = 5
