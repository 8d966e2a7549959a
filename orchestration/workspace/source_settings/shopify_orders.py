"""Settings of Shopify's orders as files."""

from typing import Literal

from pydantic import Field

from orchestration.workspace.setting_types import Text
from orchestration.workspace.source_settings.connector import ConnectorSettings

Money = Literal["shop", "presentment"]


class ShopifyOrdersSettings(ConnectorSettings):
    """Files of Shopify order objects."""

    path: Text = Field(
        default="exports/shopify",
        description="Folder of the files, or a pattern such as exports/shopify/*.jsonl; relative "
        "to the workspace.",
    )
    money: Money = Field(
        default="shop",
        description="Which amounts to take: in the shop's own currency (shop), or in the one that "
        "the customer paid in (presentment).",
    )
    sessions: bool | None = Field(
        default=None,
        description="Whether the visit of each order lands as a session, by its landing_site; null "
        "to do so unless another source of adplan.yaml brings visits. Visits that are dropped as "
        "files as well would count twice: false then.",
    )
