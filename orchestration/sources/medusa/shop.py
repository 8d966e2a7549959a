"""The connector of a Medusa v2 shop."""

from datetime import timedelta

import pyarrow as pa

from orchestration.sources.medusa import customers, items, orders, refunds
from orchestration.sources.medusa.tables import OPTIONAL, REQUIRED, Tables
from orchestration.sources.postgres.catalog import read_catalog, require_tables
from orchestration.sources.postgres.connector import PostgresConnector
from orchestration.sources.postgres.database import Database
from orchestration.sources.postgres.extract import Extract
from orchestration.sources.postgres.fetching import Reading
from orchestration.workspace.settings import Settings

TABLES = ("commerce.customers", "commerce.orders", "commerce.order_items", "commerce.refunds")


def of(settings: Settings) -> PostgresConnector | None:
    """The connector of the settings, where they name one."""
    chosen = settings.sources.medusa
    if chosen is None:
        return None
    reading = Reading(
        "medusa", timedelta(minutes=chosen.overlap_minutes), chosen.batch_rows, _mismatches
    )
    return PostgresConnector(
        name="medusa",
        tables=TABLES,
        is_required=chosen.required,
        url_variable=chosen.url_variable,
        reading=reading,
        extracts=lambda database: extracts(database, chosen.database_schema),
    )


def extracts(database: Database, schema: str) -> list[Extract]:
    """What is read, given the tables that are there."""
    catalog = read_catalog(database, schema, (*REQUIRED, *OPTIONAL))
    require_tables(catalog, schema, REQUIRED)
    tables = Tables(schema, catalog)
    newest_order = orders.newest(tables)
    return [
        Extract(
            "commerce.customers",
            "customers",
            lambda window: customers.select(tables, window),
            _newest(tables, "customer"),
        ),
        Extract(
            "commerce.orders", "orders", lambda window: orders.select(tables, window), newest_order
        ),
        Extract(
            "commerce.order_items",
            "order_items",
            lambda window: items.select(tables, window),
            newest_order,
        ),
        Extract(
            "commerce.refunds",
            "refunds",
            lambda window: refunds.select(tables, window),
            _newest(tables, "order_transaction"),
        ),
    ]


def _newest(tables: Tables, table: str) -> str:
    rows = tables.source(table, "updated_at", "deleted_at")
    return f"select max(greatest(updated_at, deleted_at)) as newest from {rows} as rows"


def _mismatches(extract: Extract, batch: pa.Table) -> int:
    """Orders of a batch whose total is not what they are made of."""
    if extract.table != "commerce.orders":
        return 0
    column = batch["total_mismatch"]
    return int(len(column) - column.null_count)
