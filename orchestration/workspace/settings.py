"""The settings of a workspace: `adplan.yaml`, typed, with the default of every key."""

from typing import Literal

from pydantic import Field, ValidationError, field_validator

from orchestration.workspace.alert_settings import AlertSettings
from orchestration.workspace.attribution_settings import AttributionSettings
from orchestration.workspace.campaign_settings import CampaignSettings
from orchestration.workspace.customer_settings import (
    BehaviourSettings,
    CohortSettings,
    JourneySettings,
    ScoreSettings,
    SentimentSettings,
)
from orchestration.workspace.errors import Problem, SettingsError, show
from orchestration.workspace.experiment_settings import ExperimentSettings
from orchestration.workspace.forecast_settings import ForecastSettings
from orchestration.workspace.freshness_settings import FreshnessSettings
from orchestration.workspace.metric_settings import MetricSettings
from orchestration.workspace.paths import Workspace
from orchestration.workspace.redirect_domains import PAYMENT_AND_LOGIN_DOMAINS
from orchestration.workspace.schedule_settings import ScheduleSettings
from orchestration.workspace.setting_types import (
    AsOf,
    Currency,
    Domain,
    Memory,
    Number,
    Text,
    TimeZone,
    VariableName,
    Whole,
)
from orchestration.workspace.source_settings.sources import SourceSettings
from orchestration.workspace.validation import WorkspaceModel, problems_of
from orchestration.workspace.yaml_file import read_yaml

OrderStatus = Literal["pending", "completed", "draft", "archived", "canceled", "requires_action"]
Severity = Literal["warn", "refuse"]

# Statuses under which nothing was bought, so that no shop may count them.
NEVER_COUNTED = ("draft", "canceled")


class SessionSettings(WorkspaceModel):
    """Where one visit ends and the next begins."""

    idle_minutes: Whole = Field(
        default=30, ge=1, description="Minutes without an event after which a session ends."
    )
    own_domains: tuple[Domain, ...] = Field(
        default=(),
        description="The shop's own domains, with their subdomains: links between them bring "
        "nobody.",
    )
    redirect_domains: tuple[Domain, ...] = Field(
        default=PAYMENT_AND_LOGIN_DOMAINS,
        description="Payment and login domains: coming back from them starts no session and "
        "earns no credit. A list given here replaces the default list.",
    )


class OrderSettings(WorkspaceModel):
    """Which orders are conversions."""

    counted_statuses: tuple[OrderStatus, ...] = Field(
        default=("completed", "archived"),
        min_length=1,
        description="Order statuses that count as a purchase. Shops whose pending orders are "
        "paid may add pending; draft and canceled never count.",
    )

    @field_validator("counted_statuses")
    @classmethod
    def _bought(cls, statuses: tuple[OrderStatus, ...]) -> tuple[OrderStatus, ...]:
        if any(status in NEVER_COUNTED for status in statuses):
            raise ValueError(
                "pending, completed, archived, requires_action; "
                "draft and canceled orders never count as a purchase"
            )
        return tuple(dict.fromkeys(statuses))


class CampaignResolutionSettings(WorkspaceModel):
    """When a utm_campaign that equals no campaign's name still names one."""

    fuzzy_threshold: Number = Field(
        default=0.80,
        ge=0.70,
        le=0.99,
        description="Similarity from which a utm_campaign matches a campaign's name.",
    )
    ambiguity_margin: Number = Field(
        default=0.02,
        ge=0,
        le=0.3,
        description="Two candidates whose similarities are this close stay unresolved.",
    )
    minimum_letters: Whole = Field(
        default=4,
        ge=4,
        description="Letters a utm_campaign needs to be compared by similarity.",
    )


class CurrencyRateSettings(WorkspaceModel):
    """Which exchange rate applies to a row."""

    carry_forward_days: Whole = Field(
        default=0,
        ge=0,
        description="Days a rate may be carried forward to dates without one. 0 accepts only "
        "the rate of the row's own date, so that rows of a weekend stay without a value when "
        "the bank publishes on weekdays only; 3 covers most weekends and holidays.",
    )


class CheckSettings(WorkspaceModel):
    """Which failed checks keep a run from being published."""

    missing_rate: Severity = Field(
        default="warn", description="When an exchange rate is missing: warn, or refuse to publish."
    )
    orphans: Severity = Field(
        default="warn",
        description="When references do not resolve (a deleted ad, a guest): warn, or refuse "
        "to publish.",
    )


class ResourceSettings(WorkspaceModel):
    """What a run may use of the machine."""

    memory_limit: Memory = Field(
        default="4GB", description="Memory DuckDB may use; beyond it, it spills to disk."
    )
    threads: Whole | None = Field(
        default=None, ge=1, description="Threads DuckDB may use; null uses every core."
    )


class PrivacySettings(WorkspaceModel):
    """How contact fields are hashed."""

    salt_environment_variable: VariableName = Field(
        default="ADPLAN_SALT",
        description="Name of the environment variable that holds the salt of hashed contact "
        "fields. The salt itself never belongs in this file.",
    )


class Settings(WorkspaceModel):
    """Everything in `adplan.yaml`."""

    name: Text = Field(default="my shop", description="Shown in reports.")
    timezone: TimeZone = Field(
        default="UTC", description="IANA time zone in which days begin and end."
    )
    currency: Currency = Field(
        default="USD", description="ISO 4217 currency that all money is converted to."
    )
    as_of: AsOf = Field(
        default="today",
        description="The run's now: today, latest (the latest event landed) or a date.",
    )
    sources: SourceSettings = Field(
        default=SourceSettings(),
        description="What must have landed before anything is built, and what is fetched before.",
    )
    sessions: SessionSettings = Field(
        default=SessionSettings(), description="Where one visit ends and the next begins."
    )
    orders: OrderSettings = Field(
        default=OrderSettings(), description="Which orders are conversions."
    )
    attribution: AttributionSettings = Field(
        default=AttributionSettings(), description="How conversions are credited to touches."
    )
    campaign_resolution: CampaignResolutionSettings = Field(
        default=CampaignResolutionSettings(),
        description="When a utm_campaign that equals no campaign's name still names one.",
    )
    campaigns: CampaignSettings = Field(
        default=CampaignSettings(),
        description="When a campaign pays, and when somebody should look at it.",
    )
    journeys: JourneySettings = Field(
        default=JourneySettings(), description="What is reported of journeys."
    )
    behaviours: BehaviourSettings = Field(
        default=BehaviourSettings(), description="When a person shows a buying pattern."
    )
    cohorts: CohortSettings = Field(
        default=CohortSettings(), description="How long cohorts are followed."
    )
    scores: ScoreSettings = Field(default=ScoreSettings(), description="How people are scored.")
    sentiment: SentimentSettings = Field(
        default=SentimentSettings(), description="What is made of what people write."
    )
    experiments: ExperimentSettings = Field(
        default=ExperimentSettings(), description="What counts in experiments, and what decides."
    )
    forecasts: ForecastSettings = Field(
        default=ForecastSettings(), description="How far ahead is forecast, and on which days."
    )
    metrics: MetricSettings = Field(
        default=MetricSettings(), description="What is healthy, and what is aimed at."
    )
    currency_rates: CurrencyRateSettings = Field(
        default=CurrencyRateSettings(), description="Which exchange rate applies to a row."
    )
    checks: CheckSettings = Field(
        default=CheckSettings(), description="Which failed checks refuse publishing."
    )
    resources: ResourceSettings = Field(
        default=ResourceSettings(), description="What a run may use of the machine."
    )
    privacy: PrivacySettings = Field(
        default=PrivacySettings(), description="How contact fields are hashed."
    )
    schedule: ScheduleSettings = Field(
        default=ScheduleSettings(), description="When Dagster refreshes by itself."
    )
    freshness: FreshnessSettings = Field(
        default=FreshnessSettings(), description="From what age on a raw table is stale."
    )
    alerts: AlertSettings = Field(
        default=AlertSettings(), description="Who is told when a run fails or is refused."
    )


def load_settings(workspace: Workspace) -> Settings:
    """Read and validate the settings of a workspace.

    Args:
        workspace: The workspace; its `adplan.yaml` may be missing or empty.

    Returns:
        The settings, with the default of every key that is not given.

    Raises:
        SettingsError: If the file cannot be read or any key is wrong; it lists every problem.
    """
    file = workspace.settings_file
    if not file.exists():
        _refuse_misspelt_file(workspace)
        return Settings()
    content = read_yaml(file, SettingsError)
    if content is None:
        return Settings()
    if not isinstance(content, dict):
        keys = "the keys " + ", ".join(Settings.model_fields)
        raise SettingsError([Problem(file, given=show(content), accepted=keys)])
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise SettingsError(problems_of(error, Settings, file)) from error


def _refuse_misspelt_file(workspace: Workspace) -> None:
    """Refuse `adplan.yml`, whose settings would silently count for nothing."""
    misspelt = workspace.settings_file.with_suffix(".yml")
    if misspelt.exists():
        raise SettingsError([Problem(misspelt, what="not read", accepted="the name adplan.yaml")])
