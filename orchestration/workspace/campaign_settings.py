"""The campaigns section of `adplan.yaml`."""

from pydantic import Field

from orchestration.workspace.setting_types import Number, Whole
from orchestration.workspace.validation import WorkspaceModel


class CampaignSettings(WorkspaceModel):
    """When a campaign pays, and when somebody should look at it."""

    roas_target: Number = Field(
        default=2.5,
        gt=0,
        description="Attributed revenue per unit of spend that a campaign should bring.",
    )
    alert_days: Whole = Field(
        default=3,
        ge=1,
        description="Days with spend, one after another, whose ROAS is below the target before a "
        "campaign is alerted on.",
    )
    trend_tolerance: Number = Field(
        default=0.05,
        ge=0,
        description="Share by which ROAS may differ from the period before and still be flat.",
    )
    minimum_impressions: Whole = Field(
        default=1000, ge=0, description="Impressions below which a creative is not ranked."
    )
    response_days: Whole = Field(
        default=7,
        ge=1,
        description="Days after a message, or after it was held back, in which a purchase counts "
        "as a response to it.",
    )


def campaign_row(campaigns: CampaignSettings) -> dict[str, object]:
    """The section as columns of the settings that SQL reads."""
    return {
        "roas_target": campaigns.roas_target,
        "roas_alert_days": campaigns.alert_days,
        "roas_trend_tolerance": campaigns.trend_tolerance,
        "creative_minimum_impressions": campaigns.minimum_impressions,
        "message_response_days": campaigns.response_days,
    }
