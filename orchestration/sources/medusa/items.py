"""`commerce.order_items`: one row per line item, as the order's current version has it.

Each change of an order writes its items again under the next version. A line that the current
version no longer has, or that was deleted, lands with a quantity of 0.
"""

from orchestration.sources.medusa import changes
from orchestration.sources.medusa.numbers import amount, number_of
from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import CHANGED_AT, Window


def select(tables: Tables, window: Window) -> str:
    """Return the query of a window."""
    details = tables.source(
        "order_item",
        *("id", "order_id", "version", "item_id", "quantity", "unit_price", "updated_at"),
        "deleted_at",
    )
    lines = tables.source(
        "order_line_item",
        *("id", "title", "product_id", "product_title", "product_type", "product_collection"),
        *("variant_id", "variant_sku", "variant_title", "unit_price", "raw_unit_price"),
        *("updated_at", "deleted_at"),
    )
    price = f"coalesce(i.unit_price, l.unit_price, {number_of('l.raw_unit_price')})"
    return f"""
        select * from (
            select distinct on (l.id)
                l.id,
                i.order_id,
                l.product_id,
                coalesce(l.product_title, l.title) as product_title,
                coalesce(l.product_type, l.product_collection) as category,
                case when i.version = o.version
                        and coalesce(i.deleted_at, l.deleted_at, o.deleted_at) is null
                    then {amount("i.quantity")} else '0' end as quantity,
                {amount(price)} as unit_price,
                l.variant_id,
                l.variant_sku,
                l.variant_title,
                i.version as order_version,
                greatest(
                    i.updated_at, i.deleted_at, l.updated_at, l.deleted_at, o.updated_at,
                    o.deleted_at
                ) as {CHANGED_AT}
            from {changes.orders(tables, window)} as o
            join {details} as i on i.order_id = o.id
            join {lines} as l on l.id = i.item_id
            order by l.id, i.version desc, i.updated_at desc, i.id
        ) as items
        where {window.condition(CHANGED_AT)}
        order by id
    """
