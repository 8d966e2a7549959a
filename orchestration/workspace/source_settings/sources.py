"""The whole section."""

from pydantic import Field

from orchestration.workspace.setting_types import Number, RawTable
from orchestration.workspace.source_settings.event_files import EventFilesSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from orchestration.workspace.source_settings.shopify_orders import ShopifyOrdersSettings
from orchestration.workspace.validation import WorkspaceModel


class SourceSettings(WorkspaceModel):
    """What must have landed before a refresh may build, and what is fetched before."""

    required: tuple[RawTable, ...] = Field(
        default=(), description="Raw tables that must have rows, such as commerce.orders."
    )
    max_quarantined_share: Number = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Share of a table's landed rows in quarantine above which nothing is built.",
    )
    ga4_export: Ga4ExportSettings | None = Field(
        default=None, description="Files of Google Analytics 4's BigQuery export; null for none."
    )
    event_files: tuple[EventFilesSettings, ...] | None = Field(
        default=None,
        description="JSON events of Segment, RudderStack, Snowplow or others, as a list of "
        "places; null for none.",
    )
    shopify_orders: ShopifyOrdersSettings | None = Field(
        default=None, description="Shopify's orders as JSON files; null for none."
    )
