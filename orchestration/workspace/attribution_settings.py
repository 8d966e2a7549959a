"""The attribution section of `adplan.yaml`."""

import math
from typing import Literal

from pydantic import Field, field_validator

from orchestration.workspace.channels import Channel
from orchestration.workspace.setting_types import Number, Text, Whole
from orchestration.workspace.validation import WorkspaceModel

HOURS_PER_DAY = 24

Model = Literal[
    "first_touch",
    "last_touch",
    "last_non_direct",
    "linear",
    "time_decay",
    "position_based",
    "markov",
    "shapley",
]


class AttributionSettings(WorkspaceModel):
    """How conversions are credited to the touches before them."""

    goals: tuple[Text, ...] | None = Field(
        default=None,
        min_length=1,
        description="Goals of goals.yaml whose conversions are credited; null for all of them.",
    )
    lookback_days: Whole = Field(
        default=30,
        ge=1,
        description="Days before a conversion within which a touch may earn credit, both ends "
        "included.",
    )
    half_life_days: Number = Field(
        default=7.0,
        gt=0,
        description="Days after which a touch has half its weight under time_decay.",
    )
    decay_constant_hours: Number | None = Field(
        default=None,
        gt=0,
        description="Hours after which a touch has 1/e (37 %) of its weight under time_decay; "
        "where given, it is used instead of half_life_days.",
    )
    position_weights: tuple[Number, Number, Number] = Field(
        default=(0.4, 0.2, 0.4),
        description="Shares of the first, all middle and the last touch under position_based.",
    )
    direct_handling: Literal["credit", "only_if_alone"] = Field(
        default="credit",
        description="Whether direct visits take credit beside other channels (credit) or only "
        "when there is no other touch (only_if_alone).",
    )
    remove_if_last_and_not_all: tuple[Channel, ...] = Field(
        default=(),
        description="Channels whose touches at the end of a path are passed over, unless the "
        "path has no others.",
    )
    path_transform: Literal["unique", "exposure", "first"] = Field(
        default="unique",
        description="Which touches of a path count: every one (unique), the first of each run "
        "of one channel (exposure), or the first of each channel (first).",
    )
    max_touches: Whole | None = Field(
        default=None, ge=1, description="Most recent touches of a path that count; null for all."
    )
    markov_order: Whole = Field(
        default=1,
        ge=1,
        le=3,
        description="How many of the last channels decide where people go next under markov.",
    )
    shapley_game: Literal["conversion_rate", "conversions"] = Field(
        default="conversion_rate",
        description="What a set of channels is worth under shapley: the conversion rate of paths "
        "with just these channels, or the conversions of paths that need no other.",
    )

    headline_model: Model = Field(
        default="last_non_direct",
        description="The model of figures that are shown for one model alone: metrics, campaign "
        "marts, budget pacing and forecasts of campaigns.",
    )

    @field_validator("position_weights")
    @classmethod
    def _shares(cls, weights: tuple[float, float, float]) -> tuple[float, float, float]:
        first, _, last = weights
        # With two touches only the ends are left, so one of them must weigh something.
        if min(weights) < 0 or first + last <= 0 or abs(sum(weights) - 1) > 1e-9:  # noqa: PLR2004
            raise ValueError("three weights (first, middle, last) of 0 or more that sum to 1")
        return weights

    @property
    def decay_half_life_days(self) -> float:
        """Days after which a touch has half its weight, whichever way that was said."""
        if self.decay_constant_hours is None:
            return self.half_life_days
        return self.decay_constant_hours / HOURS_PER_DAY * math.log(2)


def attribution_row(attribution: AttributionSettings) -> dict[str, object]:
    """The section as columns of the settings that SQL reads."""
    first, middle, last = attribution.position_weights
    return {
        "lookback_days": attribution.lookback_days,
        "half_life_days": attribution.decay_half_life_days,
        "first_weight": first,
        "middle_weight": middle,
        "last_weight": last,
        "direct_handling": attribution.direct_handling,
        "removed_if_last": "," + ",".join(attribution.remove_if_last_and_not_all) + ",",
        "path_transform": attribution.path_transform,
        "max_touches": attribution.max_touches,
        "markov_order": attribution.markov_order,
        "shapley_game": attribution.shapley_game,
        "headline_model": attribution.headline_model,
    }
