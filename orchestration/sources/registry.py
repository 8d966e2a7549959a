"""Which connectors there are, and which of them a workspace has set up."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from orchestration.ingestion.contract import TABLES
from orchestration.sources.connector import Connector
from orchestration.workspace.settings import Settings


class Kind(NamedTuple):
    """A kind of connector.

    Attributes:
        tables: Raw tables that it may lay files for.
        description: What it fetches, in a sentence.
        of: The connector of a workspace's settings, or None where they name none of the kind.
    """

    tables: tuple[str, ...]
    description: str
    of: Callable[[Settings], Connector | None]


def _meta_api(settings: Settings) -> Connector | None:
    if settings.sources.meta_api is None:
        return None
    from orchestration.sources.meta_api.connector import MetaApi  # noqa: PLC0415

    return MetaApi(settings.sources.meta_api)


def _medusa(settings: Settings) -> Connector | None:
    from orchestration.sources.medusa.shop import of  # noqa: PLC0415

    return of(settings) if settings.sources.medusa else None


def _postgres(settings: Settings) -> Connector | None:
    from orchestration.sources.postgres.mapping import of  # noqa: PLC0415

    return of(settings) if settings.sources.postgres else None


def _ga4_export(settings: Settings) -> Connector | None:
    if settings.sources.ga4_export is None:
        return None
    from orchestration.sources.ga4_export.connector import Ga4Export  # noqa: PLC0415

    return Ga4Export(settings.sources.ga4_export, settings.resources)


def _event_files(settings: Settings) -> Connector | None:
    if not settings.sources.event_files:
        return None
    from orchestration.sources.event_files.connector import EventFiles  # noqa: PLC0415

    return EventFiles(settings.sources.event_files, settings.resources)


def _shopify_orders(settings: Settings) -> Connector | None:
    shopify = settings.sources.shopify_orders
    if shopify is None:
        return None
    from orchestration.sources.shopify_orders.connector import ShopifyOrders  # noqa: PLC0415

    with_sessions = shopify.sessions
    if with_sessions is None:
        with_sessions = not _brings_visits(settings, besides="shopify_orders")
    return ShopifyOrders(shopify, settings.resources, with_sessions=with_sessions)


def _brings_visits(settings: Settings, besides: str) -> bool:
    others = (kind.of(settings) for name, kind in KINDS.items() if name != besides)
    return any(table.startswith("web.") for one in others if one for table in one.tables)


# By name, as in `sources:` of adplan.yaml. Modules of connectors import what they need when asked.
KINDS: Mapping[str, Kind] = {
    "meta_api": Kind(
        tables=tuple(table.full_name for table in TABLES if table.source == "meta_ads"),
        description="Campaigns, ad sets, ads, creatives, daily insights and leads of Meta's "
        "Marketing API.",
        of=_meta_api,
    ),
    "medusa": Kind(
        ("commerce.customers", "commerce.orders", "commerce.order_items", "commerce.refunds"),
        "Customers, orders, items and refunds of a Medusa v2 shop, from its PostgreSQL.",
        _medusa,
    ),
    "postgres": Kind(
        tuple(table.full_name for table in TABLES),
        "Tables and views of any PostgreSQL, as adplan.yaml maps them.",
        _postgres,
    ),
    "ga4_export": Kind(
        ("web.events", "web.sessions", "commerce.orders"),
        "Files of Google Analytics 4's BigQuery export: events, sessions, orders if asked for.",
        _ga4_export,
    ),
    "event_files": Kind(
        ("web.events",),
        "JSON events of Segment, RudderStack, Snowplow or another tracker.",
        _event_files,
    ),
    "shopify_orders": Kind(
        (
            *("commerce.orders", "commerce.order_items", "commerce.refunds", "commerce.customers"),
            "web.sessions",
        ),
        "Shopify's orders as JSON, with their items, refunds, customers and visits.",
        _shopify_orders,
    ),
}


def connectors(settings: Settings) -> list[Connector]:
    """The connectors that a workspace has set up."""
    made = (kind.of(settings) for kind in KINDS.values())
    return [connector for connector in made if connector is not None]
