"""The sections of `adplan.yaml` about people: journeys, behaviours, cohorts, scores, sentiment."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field, model_validator

from orchestration.workspace.setting_types import Number, Whole
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel


def _refuse_unordered(upper_name: str, upper: float, lower_name: str, lower: float) -> None:
    if upper < lower:
        accepted = f"a number of at least {lower_name}, which is {lower:g}"
        raise InvalidKeys([KeyProblem(upper_name, upper, accepted)])


class JourneySettings(WorkspaceModel):
    """What is reported of journeys."""

    top_paths: Whole = Field(
        default=100, ge=1, description="Paths of each kind that journeys.paths lists."
    )
    longest_path: Whole = Field(
        default=10, ge=2, description="Channels of a path that are shown, counted from its start."
    )
    stalled_days: Whole = Field(
        default=30, ge=1, description="Days without any event after which a person has stalled."
    )


class BehaviourSettings(WorkspaceModel):
    """When a person shows a buying pattern."""

    window_days: Whole = Field(
        default=90, ge=1, le=3650, description="Days up to as_of whose orders are looked at."
    )
    high_spender_share: Number = Field(
        default=0.2, gt=0, le=1, description="HIGH_SPENDER: share of buyers who spent most."
    )
    frequent_orders_per_week: Number = Field(
        default=2.0, gt=0, description="FREQUENT_SHOPPER: orders per week with an order, at least."
    )
    weekend_share: Number = Field(
        default=0.7, gt=0, le=1, description="WEEKEND_SHOPPER: share of orders on Sat and Sun."
    )
    category_share: Number = Field(
        default=0.5, gt=0, le=1, description="CATEGORY_FOCUSED: share of units in one category."
    )
    most_cities: Whole = Field(
        default=2, ge=1, description="LOCATION_CLUSTERED: cities ordered from, at most."
    )
    orders_with_city: Whole = Field(
        default=3, ge=1, description="LOCATION_CLUSTERED: orders whose city is known, at least."
    )
    new_days: Whole = Field(
        default=30, ge=1, description="NEW_SHOPPER: days since the first order, less than."
    )
    inactive_days: Whole = Field(
        default=30, ge=1, description="INACTIVE: days since the last order, more than."
    )
    seasonal_factor: Number = Field(
        default=3.0,
        gt=1,
        description="SEASONAL_SPENDER: the largest month as a multiple of the median month.",
    )


class CohortSettings(WorkspaceModel):
    """How long cohorts are followed."""

    periods: Whole = Field(
        default=12, ge=3, le=60, description="Periods of 30 days for which cohorts are followed."
    )


class EngagementSettings(WorkspaceModel):
    """The engagement score, 0 to 100."""

    purchase: Number = Field(default=10.0, ge=0, le=1000, description="Weight of a purchase.")
    feedback: Number = Field(
        default=5.0, ge=0, le=1000, description="Weight of a review or survey answer."
    )
    social: Number = Field(default=5.0, ge=0, le=1000, description="Weight of a mention.")
    form: Number = Field(default=3.0, ge=0, le=1000, description="Weight of a form sent.")
    pageview: Number = Field(default=1.0, ge=0, le=1000, description="Weight of a page seen.")
    recent_days: Whole = Field(
        default=30, ge=1, description="Days under which an action counts in full."
    )
    fading_days: Whole = Field(
        default=90, ge=1, description="Days under which it counts by fading_factor."
    )
    fading_factor: Number = Field(default=0.5, ge=0, le=1, description="Factor until then.")
    old_factor: Number = Field(default=0.25, ge=0, le=1, description="Factor of older actions.")
    saturation: Number = Field(
        default=50.0, gt=0, description="Weighted actions that make a score of 63 (1 - 1/e)."
    )
    high: Number = Field(default=75.0, ge=0, le=100, description="Score from which it is high.")
    medium: Number = Field(default=40.0, ge=0, le=100, description="Score from which it is medium.")

    @model_validator(mode="after")
    def _in_order(self) -> "EngagementSettings":
        _refuse_unordered("fading_days", self.fading_days, "recent_days", self.recent_days)
        _refuse_unordered("high", self.high, "medium", self.medium)
        return self


class ClvSettings(WorkspaceModel):
    """What a customer is worth."""

    one_order_per_month: Number = Field(
        default=1 / 3, gt=0, description="Orders a month assumed of a customer with one order."
    )
    one_order_lifespan_months: Number = Field(
        default=12.0, gt=0, description="Months a customer with one order is assumed to stay."
    )
    frequent_gap_days: Number = Field(
        default=90.0,
        gt=0,
        description="Mean days between orders under which a customer is frequent.",
    )
    frequent_lifespan_months: Number = Field(
        default=36.0, gt=0, description="Months a frequent customer is assumed to stay."
    )
    rare_gap_days: Number = Field(
        default=180.0, gt=0, description="Mean days between orders over which a customer is rare."
    )
    rare_lifespan_months: Number = Field(
        default=12.0, gt=0, description="Months a rare customer is assumed to stay."
    )
    lifespan_months: Number = Field(
        default=24.0, gt=0, description="Months all other customers are assumed to stay."
    )
    platinum: Number = Field(default=50_000.0, ge=0, description="Value from which it is platinum.")
    gold: Number = Field(default=20_000.0, ge=0, description="Value from which it is gold.")
    silver: Number = Field(default=5_000.0, ge=0, description="Value from which it is silver.")
    horizon_months: Whole = Field(
        default=12, ge=1, le=60, description="Months ahead that the prediction covers."
    )
    monthly_discount_rate: Number = Field(
        default=0.01, ge=0, lt=1, description="By what money loses value in a month."
    )
    minimum_buyers: Whole = Field(
        default=500, ge=1, description="Buyers under which nothing is fitted."
    )
    minimum_days: Whole = Field(
        default=180, ge=1, description="Days of orders under which nothing is fitted."
    )

    @model_validator(mode="after")
    def _in_order(self) -> "ClvSettings":
        _refuse_unordered(
            "rare_gap_days", self.rare_gap_days, "frequent_gap_days", self.frequent_gap_days
        )
        _refuse_unordered("platinum", self.platinum, "gold", self.gold)
        _refuse_unordered("gold", self.gold, "silver", self.silver)
        return self


class ChurnSettings(WorkspaceModel):
    """How likely a customer is lost, 0 to 100."""

    activity_weight: Number = Field(
        default=0.35, ge=0, description="Weight of the time without activity."
    )
    activity_days: Number = Field(
        default=90.0, gt=0, description="Days without activity that weigh in full."
    )
    purchase_weight: Number = Field(
        default=0.30, ge=0, description="Weight of the time without a purchase."
    )
    purchase_days: Number = Field(
        default=180.0, gt=0, description="Days without a purchase that weigh in full."
    )
    decline_weight: Number = Field(
        default=0.20, ge=0, description="Weight of declining engagement."
    )
    sentiment_weight: Number = Field(
        default=0.15, ge=0, description="Weight of the share of texts that are negative."
    )
    loyal_orders: Whole = Field(
        default=5, ge=0, description="Purchases above which loyal_bonus is taken off."
    )
    loyal_bonus: Number = Field(default=0.05, ge=0, description="Taken off for loyal customers.")
    no_purchase_penalty: Number = Field(
        default=0.10, ge=0, description="Added for people who never bought."
    )
    horizon_days: Whole = Field(
        default=90,
        ge=1,
        le=3650,
        description="Days ahead of the modelled probability of no purchase.",
    )
    high: Number = Field(default=70.0, ge=0, le=100, description="Risk from which it is high.")
    medium: Number = Field(default=40.0, ge=0, le=100, description="Risk from which it is medium.")

    @model_validator(mode="after")
    def _in_order(self) -> "ChurnSettings":
        _refuse_unordered("high", self.high, "medium", self.medium)
        return self


class ScoreSettings(WorkspaceModel):
    """How people are scored."""

    engagement: EngagementSettings = Field(
        default=EngagementSettings(), description="How much a person does."
    )
    clv: ClvSettings = Field(default=ClvSettings(), description="What a customer is worth.")
    churn: ChurnSettings = Field(
        default=ChurnSettings(), description="How likely a customer is lost."
    )
    leaderboard_size: Whole = Field(
        default=100, ge=1, description="People on each list of customers.leaderboards."
    )


class SentimentSettings(WorkspaceModel):
    """What is made of comments, form messages and mentions."""

    positive_from: Number = Field(
        default=0.05, gt=0, le=1, description="Score from which a text is positive."
    )
    negative_to: Number = Field(
        default=-0.05, ge=-1, lt=0, description="Score down to which a text is negative."
    )
    mixed_share: Number = Field(
        default=0.15,
        gt=0,
        le=0.5,
        description="Share of both praise and blame from which a text is mixed.",
    )
    topics: Whole = Field(default=5, ge=1, le=50, description="Topics per month.")
    keywords: Whole = Field(default=5, ge=1, le=20, description="Keywords per text and topic.")


def customer_settings_row(**sections: WorkspaceModel) -> dict[str, object]:
    """Sections as columns of one row that SQL reads, such as `engagement_purchase`.

    Args:
        sections: Sections by the name that their columns begin with; a section within a section
            gives its own name instead.
    """
    return {
        name: value
        for prefix, section in sections.items()
        for name, value in _columns(prefix, section.model_dump())
    }


def _columns(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _columns(name, value)
        else:
            yield f"{prefix}_{name}", value
