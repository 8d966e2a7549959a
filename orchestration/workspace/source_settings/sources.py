"""The whole section."""

from pydantic import Field

from orchestration.workspace.setting_types import Number, RawTable, Whole
from orchestration.workspace.source_settings.event_files import EventFilesSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from orchestration.workspace.source_settings.medusa import MedusaSettings
from orchestration.workspace.source_settings.meta_api import MetaApiSettings
from orchestration.workspace.source_settings.postgres import PostgresSettings
from orchestration.workspace.source_settings.shopify_orders import ShopifyOrdersSettings
from orchestration.workspace.validation import WorkspaceModel


class RetrySettings(WorkspaceModel):
    """How often a source that cannot be read is asked again."""

    # Networks and servers fail for minutes; what lasts longer is for people to mend.
    count: Whole = Field(
        default=3, ge=0, le=10, description="Times it is asked again; 0 to ask once."
    )
    first_wait_seconds: Number = Field(
        default=20,
        ge=0,
        le=3600,
        description="Seconds before it is asked again the first time; twice as long each time.",
    )


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
    retries: RetrySettings = Field(
        default=RetrySettings(),
        description="How often a source is asked again. One that refuses (a wrong password, a "
        "lost permission) is not.",
    )
    meta_api: MetaApiSettings | None = Field(
        default=None,
        description="Ads of Meta (Facebook, Instagram), by the Marketing API; null where unused.",
    )
    medusa: MedusaSettings | None = Field(
        default=None, description="A Medusa v2 shop on PostgreSQL; null where there is none."
    )
    postgres: PostgresSettings | None = Field(
        default=None, description="Any PostgreSQL, by tables and columns; null where there is none."
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
