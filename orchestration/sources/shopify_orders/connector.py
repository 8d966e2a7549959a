"""Files of Shopify's orders as a source."""

from collections.abc import Mapping

import duckdb

from orchestration.sources.exports.connector import Export, ExportConnector
from orchestration.sources.exports.documents import documents_of
from orchestration.sources.exports.inputs import Place, fingerprint
from orchestration.sources.shopify_orders.queries import (
    SESSIONS,
    TABLES,
    order_documents,
    order_queries,
)
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.shopify_orders import ShopifyOrdersSettings

# Raise when the rules of this connector change, so that every file is made again.
_VERSION = 2


class ShopifyOrders(ExportConnector):
    """JSON files of Shopify's orders."""

    name = "shopify_orders"
    possible_tables = (*TABLES, SESSIONS)

    def __init__(
        self, settings: ShopifyOrdersSettings, resources: ResourceSettings, *, with_sessions: bool
    ) -> None:
        """Set it up.

        Args:
            settings: Where the files are and what of them is taken.
            resources: Threads and memory.
            with_sessions: Whether the visits of orders are laid, as settings say or, where they
                say nothing, as nothing else brings visits.
        """
        super().__init__((Place(settings.path),), resources)
        self.settings = settings
        self.is_required = settings.required
        self.with_sessions = with_sessions
        self.tables = self.possible_tables if with_sessions else TABLES

    def signature(self, export: Export) -> str:
        """Digest of the rules and the settings they depend on."""
        return fingerprint([_VERSION, self.settings.money, self.with_sessions])

    def queries(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> Mapping[str, str]:
        """Orders and all that hangs on them."""
        cut = "" if limit is None else f" limit {limit}"
        documents = f"(select json from {documents_of(connection, export.file)}{cut})"
        return order_queries(
            order_documents(documents), self.settings.money, with_sessions=self.with_sessions
        )
