"""Files of Shopify's orders as a source."""

from collections.abc import Mapping

import duckdb

from orchestration.sources.exports.connector import Export, ExportConnector
from orchestration.sources.exports.documents import documents_of
from orchestration.sources.exports.inputs import Place, fingerprint
from orchestration.sources.shopify_orders.queries import TABLES, order_documents, order_queries
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.shopify_orders import ShopifyOrdersSettings

# Raise when the rules of this connector change, so that every file is made again.
_VERSION = 1


class ShopifyOrders(ExportConnector):
    """JSON files of Shopify's orders."""

    name = "shopify_orders"
    tables: tuple[str, ...] = TABLES
    possible_tables = tables

    def __init__(self, settings: ShopifyOrdersSettings, resources: ResourceSettings) -> None:
        super().__init__((Place(settings.path),), resources)
        self.settings = settings
        self.is_required = settings.required

    def signature(self, export: Export) -> str:
        """Digest of the rules and the settings they depend on."""
        return fingerprint([_VERSION, self.settings.money])

    def queries(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> Mapping[str, str]:
        """Orders and all that hangs on them."""
        cut = "" if limit is None else f" limit {limit}"
        documents = f"(select json from {documents_of(connection, export.file)}{cut})"
        return order_queries(order_documents(documents), self.settings.money)
