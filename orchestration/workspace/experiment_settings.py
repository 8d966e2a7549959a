"""The experiments section of `adplan.yaml`."""

from pydantic import Field

from orchestration.workspace.setting_types import Number, Text, Whole
from orchestration.workspace.validation import WorkspaceModel


class ExperimentSettings(WorkspaceModel):
    """What counts for a unit of an experiment, and when one may be decided."""

    conversion_window_days: Whole = Field(
        default=30,
        ge=1,
        description="Days after its first exposure in which what a unit does counts.",
    )
    covariate_days: Whole = Field(
        default=28,
        ge=1,
        description="Days before its first exposure from which a unit's past is taken (CUPED).",
    )
    winsorising_quantile: Number = Field(
        default=0.99,
        gt=0.5,
        le=1,
        description="Quantile of the positive values above which revenue per unit is cut off; 1 "
        "cuts off nothing.",
    )
    minimum_days: Whole = Field(
        default=7, ge=1, description="Whole days an experiment must have run to have a winner."
    )
    minimum_conversions: Whole = Field(
        default=5,
        ge=1,
        description="Units that did and that did not convert, in each arm, below which nothing "
        "is tested.",
    )
    srm_threshold: Number = Field(
        default=0.001,
        gt=0,
        lt=1,
        description="p value below which units are not split as they were meant to be.",
    )
    always_valid_tuning_units: Whole | None = Field(
        default=5000,
        ge=1,
        description="Units at which the always-valid interval is tightest; null for each "
        "experiment's target_sample_size.",
    )
    power: Number = Field(
        default=0.8, gt=0.5, lt=1, description="Power that the detectable lift is told for."
    )
    impression_events: tuple[Text, ...] = Field(
        default=("ad_impression", "impression", "banner_view"),
        description="Event types that are impressions, for ctr of visitors or customers.",
    )
    click_events: tuple[Text, ...] = Field(
        default=("ad_click", "click", "banner_click"),
        description="Event types that are clicks, for ctr of visitors or customers.",
    )
