"""`commerce.refunds`: transactions of an order that gave money back, of a negative amount."""

from orchestration.sources.medusa.numbers import amount, number_of
from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import CHANGED_AT, Window


def select(tables: Tables, window: Window) -> str:
    """Return the query of a window; a deleted transaction lands with an amount of 0."""
    transactions = tables.source(
        "order_transaction",
        *("id", "order_id", "amount", "raw_amount", "currency_code", "reference", "reference_id"),
        *("return_id", "created_at", "updated_at", "deleted_at"),
    )
    orders = tables.source("order", "id", "customer_id")
    returns = tables.source("return", "id", "status", "received_at")
    given = f"coalesce(t.amount, {number_of('t.raw_amount')})"
    return f"""
        select
            t.id,
            t.order_id,
            o.customer_id,
            case when t.deleted_at is null then {amount(f"abs({given})")} else '0' end as amount,
            t.currency_code,
            t.created_at,
            t.reference_id,
            t.return_id,
            r.status::text as return_status,
            r.received_at as return_received_at,
            t.deleted_at,
            greatest(t.updated_at, t.deleted_at) as {CHANGED_AT}
        from {transactions} as t
        left join {orders} as o on o.id = t.order_id
        left join {returns} as r on r.id = t.return_id
        where ({given} < 0 or (t.reference = 'refund' and {given} <> 0))
            and {window.condition("greatest(t.updated_at, t.deleted_at)")}
        order by t.id
    """
