"""What to forecast, how sure to be, and how much of the past that is judged by."""

from dataclasses import dataclass

from python_assets.forecasting.rolling import Steps

# Half a year of scores: enough for 95 % with room, and errors of another season weigh no longer.
CALIBRATION_DAYS = 182
# Bounds of past forecasts are calibrated once a week and not every day, at a seventh of the cost.
RECALIBRATION_DAYS = 7
# Series that are worked on at once: what is kept of them stays within some 100 MB.
CHUNK = 128
_DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Plan:
    """What to forecast, and how to judge it.

    Attributes:
        steps: Days and totals to forecast.
        levels: Coverages of the intervals, ascending.
        evaluation_days: Latest targets that are scored.
    """

    steps: Steps
    levels: tuple[float, ...]
    evaluation_days: int

    @classmethod
    def of(
        cls,
        horizon_days: int,
        totals: tuple[int, ...],
        levels: tuple[float, ...],
        evaluation_weeks: int,
    ) -> "Plan":
        """Check what a user asked for.

        Raises:
            ValueError: If a number of days or weeks is below 1, a total is there twice, or a
                level is not between 0 and 1.
        """
        if evaluation_weeks < 1:
            raise ValueError(f"{evaluation_weeks} weeks to evaluate: 1 or more are accepted")
        if len(set(totals)) < len(totals):
            raise ValueError(f"totals of {totals} days: different ones are accepted")
        steps = Steps(horizon_days, tuple(totals))
        return cls(steps, _ascending(levels), evaluation_weeks * _DAYS_PER_WEEK)

    def first_target(self, days: int) -> int:
        """The first day whose forecasts are needed, to evaluate and to calibrate for that."""
        calibration = CALIBRATION_DAYS + RECALIBRATION_DAYS + self.steps.furthest
        return max(days - self.evaluation_days - calibration, 0)

    def first_evaluated(self, days: int) -> int:
        """The first day that is scored."""
        return max(days - self.evaluation_days, 0)


def _ascending(levels: tuple[float, ...]) -> tuple[float, ...]:
    ordered = tuple(sorted(levels))
    if not ordered or min(ordered) <= 0 or max(ordered) >= 1 or len(set(ordered)) < len(ordered):
        raise ValueError(f"levels {tuple(levels)}: different ones between 0 and 1 are accepted")
    return ordered
