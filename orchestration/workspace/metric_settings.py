"""The metrics section of `adplan.yaml`: what is healthy, what is aimed at, who answers for it."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from orchestration.workspace.setting_types import Number, Text, Whole
from orchestration.workspace.validation import WorkspaceModel

# The metrics of `dbt_project/seeds/metric_definitions.csv`, where they are defined.
Metric = Literal[
    "roas",
    "ctr",
    "conversion_rate",
    "web_conversion_rate",
    "cac",
    "cpc",
    "impressions",
    "budget_utilisation",
    "average_order_value",
    "ltv_12m",
    "cac_payback_months",
    "repeat_purchase_rate",
    "gross_margin",
    "cohort_retention_30",
    "cohort_retention_60",
    "cohort_retention_90",
    "open_rate",
    "click_rate",
    "message_frequency",
    "message_frequency_share",
    "hours_to_first_conversion",
    "incrementality",
    "holdout_lift",
    "net_incremental_revenue",
    "attribution_spread",
    "data_freshness",
    "model_accuracy",
    "run_success",
    "cost_per_query",
]


class HealthyRange(WorkspaceModel):
    """Values of a metric that need no attention, both bounds included."""

    low: Number | None = Field(default=None, description="Least healthy value; null for none.")
    high: Number | None = Field(default=None, description="Largest healthy value; null for none.")

    @model_validator(mode="after")
    def _in_order(self) -> "HealthyRange":
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("a low that is not above high")
        return self


class MetricSettings(WorkspaceModel):
    """What is healthy, what is aimed at, and who answers for it."""

    healthy: Mapping[Metric, HealthyRange] = Field(
        default={},
        description="Healthy range by metric, such as {roas: {low: 3, high: 6}}, in place of the "
        "built-in one. Percentages are shares: 0.05 for 5 %.",
    )
    targets: Mapping[Metric, Number] = Field(
        default={}, description="What is aimed at, by metric, such as {roas: 4}."
    )
    owners: Mapping[Metric, Text] = Field(
        default={}, description="Who answers for a metric, such as {roas: growth team}."
    )
    minimum_persons: Whole = Field(
        default=100,
        ge=30,
        description="Persons that each arm of a message holdout, and each month of a payback, "
        "needs to be told of.",
    )
    minimum_conversions: Whole = Field(
        default=5,
        ge=1,
        description="Persons of each arm who must have purchased before incrementality is told.",
    )


def metric_rows(settings: MetricSettings) -> list[dict[str, object]]:
    """The rows of `workspace.metric_settings`: metrics that the workspace says something of."""
    named = {**settings.healthy, **settings.targets, **settings.owners}
    return [
        {
            "metric": metric,
            "has_healthy_range": metric in settings.healthy,
            "healthy_low": settings.healthy[metric].low if metric in settings.healthy else None,
            "healthy_high": settings.healthy[metric].high if metric in settings.healthy else None,
            "target": settings.targets.get(metric),
            "owner": settings.owners.get(metric),
        }
        for metric in named
    ]
