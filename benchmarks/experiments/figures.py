"""How often something came about in simulated experiments, beside how often it should."""

from typing import NamedTuple

from scipy.stats import binom

from python_assets.experiments.proportions import wilson_interval

_BAND = 0.99


class Figure(NamedTuple):
    """How often something came about in simulated experiments.

    Attributes:
        table: What it is about.
        scenario: What was simulated.
        has_effect: Whether treatment was better in truth.
        name: What was counted.
        hits: How often it came about.
        repetitions: Of how many.
        nominal: How often it should, as a share.
        allows: `exact`, or on which side of nominal it may lie as well: `less`, `more`.
        is_ours: Whether adplan does so; others are there to compare with.
    """

    table: str
    scenario: str
    has_effect: bool
    name: str
    hits: int
    repetitions: int
    nominal: float
    allows: str
    is_ours: bool

    @property
    def rate(self) -> float:
        """Share of repetitions."""
        return self.hits / self.repetitions

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share is, 99 % sure."""
        bounds = wilson_interval(self.hits, self.repetitions, _BAND)
        return float(bounds.lower), float(bounds.upper)

    @property
    def band(self) -> tuple[float, float]:
        """Between which shares 99 % of such figures are if nominal is the truth."""
        low, high = binom.interval(_BAND, self.repetitions, self.nominal)
        return float(low) / self.repetitions, float(high) / self.repetitions

    @property
    def is_within(self) -> bool:
        """Whether it is within the band, or beyond it on the side that is allowed."""
        low, high = self.band
        return (self.rate >= low or self.allows == "less") and (
            self.rate <= high or self.allows == "more"
        )
