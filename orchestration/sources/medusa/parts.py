"""What an order's total is made of, per order: lines, deliveries, credit."""

from orchestration.sources.medusa.numbers import number_of
from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import Window

_MONEY = ("amount", "raw_amount")


def parts(tables: Tables, window: Window) -> str:
    """Return the common table expressions `lines`, `codes`, `deliveries` and `credits`.

    They read another, `orders`, and hold one row per order: `goods` and `amount` before discount
    and tax, `discount` before tax, `codes` of promotions, `returned` what came back with its tax
    and discount.
    """
    item_ids = tables.source("order_item", "order_id", "item_id")
    method_ids = tables.source("order_shipping", "order_id", "shipping_method_id")
    of_lines = _of_changed(window, f"select i.item_id from orders as o join {item_ids} as i", "i")
    delivery, method = "order_shipping_method", "shipping_method_id"
    deliveries = _of_changed(
        window, f"select d.shipping_method_id from orders as o join {method_ids} as d", "d"
    )
    return f"""
        line_discounts as ({_latest_of(tables, "order_line_item_adjustment", "item_id", of_lines)}),
        line_taxes as ({_taxes(tables, "order_line_item_tax_line", "item_id", of_lines)}),
        line_parts as ({_line_parts(tables)}),
        lines as (
            select order_id, sum(goods) as goods, sum(discount) as discount,
                sum((goods - discount) * rate) as tax,
                coalesce(sum((goods - discount) * (1 + rate) * share_returned)
                    filter (where share_returned <> 0), 0) as returned,
                max(changed_at) as changed_at
            from line_parts
            group by order_id
        ),
        -- Apart from the lines: few have a code, and sorting all of them by it takes long.
        codes as ({_codes(tables)}),
        delivery_discounts as ({_latest_of(tables, f"{delivery}_adjustment", method, deliveries)}),
        delivery_taxes as ({_taxes(tables, f"{delivery}_tax_line", method, deliveries)}),
        delivery_parts as ({_delivery_parts(tables)}),
        deliveries as (
            select order_id, sum(amount) as amount, sum(discount) as discount,
                sum((amount - discount) * rate) as tax
            from delivery_parts
            group by order_id
        ),
        credits as ({_credits(tables)})
    """


def _of_changed(window: Window, owners: str, alias: str) -> str:
    """Return the condition that a row is of an order that is asked for, where not all are."""
    return "" if window.since is None else f"in ({owners} on {alias}.order_id = o.id)"


def _and(owner: str, of_changed: str) -> str:
    return f" and {owner} {of_changed}" if of_changed else ""


def _line_parts(tables: Tables) -> str:
    """Lines of an order's version; of others only when they changed."""
    items = tables.source(
        "order_item",
        *("order_id", "version", "item_id", "quantity", "raw_quantity", "unit_price"),
        *("return_received_quantity", "return_dismissed_quantity", "updated_at", "deleted_at"),
    )
    lines = tables.source(
        "order_line_item",
        *("id", "is_tax_inclusive", "unit_price", "raw_unit_price", "updated_at", "deleted_at"),
    )
    price = f"coalesce(i.unit_price, l.unit_price, {number_of('l.raw_unit_price')})"
    quantity = f"coalesce(i.quantity, {number_of('i.raw_quantity')})"
    came_back = "coalesce(i.return_received_quantity, 0) + coalesce(i.return_dismissed_quantity, 0)"
    goods = _untaxed(f"{price} * {quantity}", "l")
    is_current = "i.version = o.version and coalesce(i.deleted_at, l.deleted_at) is null"
    return f"""
            select
                i.order_id,
                case when {is_current} then {goods} else 0 end as goods,
                case when {is_current} and a.amount is not null then {_untaxed("a.amount", "a")}
                    else 0 end as discount,
                coalesce(t.rate, 0) as rate,
                case when {came_back} = 0 or {quantity} = 0 then 0
                    else ({came_back}) / {quantity} end as share_returned,
                greatest(i.updated_at, i.deleted_at, l.updated_at, l.deleted_at) as changed_at
            from orders as o
            join {items} as i on i.order_id = o.id
            join {lines} as l on l.id = i.item_id
            left join line_discounts as a on a.owner_id = l.id
            left join line_taxes as t on t.owner_id = l.id
        """


def _codes(tables: Tables) -> str:
    items = tables.source("order_item", "order_id", "version", "item_id")
    return f"""
            select o.id as order_id, string_agg(distinct d.codes, ',' order by d.codes) as codes
            from line_discounts as d
            join {items} as i on i.item_id = d.owner_id
            join orders as o on o.id = i.order_id and o.version = i.version
            where d.codes is not null
            group by o.id
        """


def _delivery_parts(tables: Tables) -> str:
    deliveries = tables.source(
        "order_shipping", "order_id", "version", "shipping_method_id", "deleted_at"
    )
    methods = tables.source(
        "order_shipping_method", "id", *_MONEY, "is_tax_inclusive", "deleted_at"
    )
    price = f"coalesce(m.amount, {number_of('m.raw_amount')})"
    return f"""
            select
                d.order_id,
                {_untaxed(price, "m")} as amount,
                coalesce(a.amount, 0) as discount,
                coalesce(t.rate, 0) as rate
            from orders as o
            join {deliveries} as d on d.order_id = o.id and d.version = o.version
            join {methods} as m on m.id = d.shipping_method_id
            left join delivery_discounts as a on a.owner_id = m.id
            left join delivery_taxes as t on t.owner_id = m.id
            where coalesce(d.deleted_at, m.deleted_at) is null
        """


def _untaxed(money: str, alias: str) -> str:
    """Take the tax out where it is in; divisions are slow, and most prices need none."""
    return (
        f"case when {alias}.is_tax_inclusive and t.rate > 0 then {money} / (1 + t.rate) "
        f"else {money} end"
    )


def _latest_of(tables: Tables, table: str, owner: str, of_changed: str) -> str:
    """Discounts; where they have versions, those of the last."""
    rows = tables.source(table, owner, "version", "code", *_MONEY, "is_tax_inclusive", "deleted_at")
    return f"""
            select owner_id, sum(amount) as amount, bool_or(is_tax_inclusive) as is_tax_inclusive,
                string_agg(distinct code, ',' order by code) as codes
            from (
                select {owner} as owner_id, code, is_tax_inclusive,
                    coalesce(amount, {number_of("raw_amount")}) as amount,
                    coalesce(version, 1)
                        = max(coalesce(version, 1)) over (partition by {owner}) as is_latest
                from {rows} as a
                where deleted_at is null{_and(owner, of_changed)}
            ) as versions
            where is_latest
            group by owner_id
        """


def _taxes(tables: Tables, table: str, owner: str, of_changed: str) -> str:
    rows = tables.source(table, owner, "rate", "raw_rate", "deleted_at")
    return f"""
            select {owner} as owner_id,
                sum(coalesce(rate, {number_of("raw_rate")})) * 0.01 as rate
            from {rows} as t
            where deleted_at is null{_and(owner, of_changed)}
            group by {owner}
        """


def _credits(tables: Tables) -> str:
    """Credit, apart by whether a refund made it."""
    rows = tables.source(
        "order_credit_line",
        *("order_id", "version", "reference", *_MONEY, "updated_at", "deleted_at"),
    )
    return f"""
            select order_id,
                sum(amount) filter (where reference = 'refund' and is_latest) as refunded,
                sum(amount) filter (where reference is distinct from 'refund' and is_latest)
                    as other,
                max(changed_at) as changed_at
            from (
                select c.order_id, c.reference,
                    case when c.deleted_at is null
                        then coalesce(c.amount, {number_of("c.raw_amount")}) else 0 end as amount,
                    c.version = max(c.version) over (partition by c.order_id) as is_latest,
                    greatest(c.updated_at, c.deleted_at) as changed_at
                from {rows} as c
                join orders as o on o.id = c.order_id
            ) as versions
            group by order_id
        """
