"""Which orders changed: an order is as new as the newest of what it is made of."""

from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import Window


def orders(tables: Tables, window: Window) -> str:
    """Return a subquery of the orders of which anything changed since the window began.

    Indexes hardly matter for the full read, and for a daily one a table is looked through once.
    """
    columns = (
        *("id", "display_id", "customer_id", "version", "status", "is_draft_order", "email"),
        *("currency_code", "region_id", "sales_channel_id", "shipping_address_id", "metadata"),
        *("created_at", "updated_at", "deleted_at", "canceled_at"),
    )
    everything = tables.source("order", *columns)
    if window.since is None:
        return everything
    began = Window(since=window.since)
    moved = began.condition("greatest(updated_at, deleted_at)")
    changed = [
        f"select id from {tables.source('order', 'id', 'updated_at', 'deleted_at')} as o "
        f"where {moved}"
    ]
    changed += [
        f"select order_id from {tables.source(name, 'order_id', 'updated_at', 'deleted_at')} as o "
        f"where {moved}"
        for name in ("order_summary", "order_item", "order_credit_line")
    ]
    lines = tables.source("order_line_item", "id", "updated_at", "deleted_at")
    items = tables.source("order_item", "order_id", "item_id")
    line_moved = began.condition("greatest(lines.updated_at, lines.deleted_at)")
    changed.append(
        f"select items.order_id from {lines} as lines join {items} as items "
        f"on items.item_id = lines.id where {line_moved}"
    )
    return f"(select * from {everything} as o where id in ({' union '.join(changed)}))"
