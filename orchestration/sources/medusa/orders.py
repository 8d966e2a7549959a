"""`commerce.orders`: what was ordered, whatever came back of it later.

Medusa takes returned items and credit for a refund off `current_order_total`. Here both are added
again, because refunds land on their own and would count twice. The total is compared with items,
shipping, tax and discounts; a difference is landed beside it as `total_mismatch`, and the total
stays what Medusa says.
"""

from orchestration.sources.medusa import changes
from orchestration.sources.medusa.numbers import amount, number_in, text_of
from orchestration.sources.medusa.parts import parts
from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import CHANGED_AT, Window

# Medusa does not round; a cent is more than what rounding elsewhere makes of an order.
_TOLERANCE = "0.01"


def select(tables: Tables, window: Window) -> str:
    """Return the query of a window."""
    return f"""
        with
        orders as {_how(window)} (select * from {changes.orders(tables, window)} as o),
        {parts(tables, window)},
        summaries as ({_summaries(tables)}),
        added as (
            select
                o.*,
                s.total_text, {number_in("s.total_text")} as current_total,
                {number_in("s.paid_text")} as paid_total,
                l.goods, l.tax + coalesce(d.tax, 0) as tax, coalesce(d.amount, 0) as shipping,
                l.discount + coalesce(d.discount, 0) as discount, p.codes, l.returned,
                coalesce(c.refunded, 0) as refund_credit,
                l.goods - l.discount + l.tax
                    + coalesce(d.amount - d.discount + d.tax, 0)
                    - coalesce(c.other, 0) as made_of,
                greatest(o.updated_at, o.deleted_at, s.changed_at, l.changed_at, c.changed_at)
                    as {CHANGED_AT}
            from orders as o
            left join summaries as s on s.order_id = o.id
            left join lines as l on l.order_id = o.id
            left join codes as p on p.order_id = o.id
            left join deliveries as d on d.order_id = o.id
            left join credits as c on c.order_id = o.id
        ),
        totalled as (
            select *,
                -- What came back is still in the total of some versions of Medusa.
                case when abs(current_total - made_of) <= {_TOLERANCE} then 0
                    else coalesce(returned, 0) + refund_credit end as put_back
            from added
        )
        {_landed(tables)}
        from totalled
        where {window.condition(CHANGED_AT)}
        order by id
    """


def newest(tables: Tables) -> str:
    """Return the query of when the newest order, or anything of it, changed."""
    moved = [
        f"select max(greatest(updated_at, deleted_at)) as at "
        f"from {tables.source(name, 'updated_at', 'deleted_at')} as t"
        for name in ("order", "order_summary", "order_item")
    ]
    return f"select max(at) as newest from ({' union all '.join(moved)}) as newest"


def _how(window: Window) -> str:
    """Changed orders are looked up once; all of them are better planned where they are used."""
    return "not materialized" if window.since is None else "materialized"


def _summaries(tables: Tables) -> str:
    summaries = tables.source(
        "order_summary", "id", "order_id", "version", "totals", "updated_at", "deleted_at"
    )
    return f"""
            select distinct on (s.order_id)
                s.order_id, {_text("current_order_total")} as total_text,
                {_text("paid_total")} as paid_text,
                greatest(s.updated_at, s.deleted_at) as changed_at
            from {summaries} as s
            join orders as o on o.id = s.order_id and o.version = s.version
            where s.deleted_at is null
            order by s.order_id, s.updated_at desc, s.id
        """


def _text(name: str) -> str:
    return text_of(f"coalesce(s.totals -> 'raw_{name}', s.totals -> '{name}')")


def _landed(tables: Tables) -> str:
    mismatch = "current_total + put_back - made_of"
    is_checked = "true" if tables.can_check_totals else "false"
    return f"""
        select
            id,
            customer_id,
            email,
            metadata ->> 'visitor_id' as visitor_id,
            metadata ->> 'session_id' as session_id,
            case when deleted_at is not null then 'canceled' when is_draft_order then 'draft'
                else status::text end as status,
            currency_code,
            {amount("goods")} as subtotal,
            {amount("discount")} as discount_total,
            {amount("shipping")} as shipping_total,
            {amount("tax")} as tax_total,
            -- A total that is there and no number is for the loader to refuse, not for us to hide.
            coalesce({amount("current_total + put_back")}, total_text) as total,
            codes as promo_code,
            created_at,
            {CHANGED_AT} as updated_at,
            coalesce(canceled_at, deleted_at) as canceled_at,
            display_id::text as display_id,
            version as order_version,
            region_id,
            sales_channel_id,
            {amount("paid_total")} as paid_total,
            {amount("returned")} as returned_total,
            case when {is_checked} and deleted_at is null and canceled_at is null
                and abs({mismatch}) > {_TOLERANCE} then {amount(mismatch)} end as total_mismatch,
            deleted_at,
            {CHANGED_AT}
    """
