"""Orders out of GA4's purchases, for shops that land no orders from elsewhere."""


def purchased_orders(flat: str) -> str:
    """Return the query for one row per purchase that names its transaction.

    A page that is loaded again reports its purchase again. Of one transaction's rows the last
    of a file wins when they are loaded, so that the first purchase is put last.

    Args:
        flat: SQL for a `from` clause with the columns of `flat_events`.
    """
    return f"""
        select order_id as id, user_id as customer_id, visitor_id, session_id,
            'completed' as status, currency as currency_code, tax as tax_total,
            shipping as shipping_total, value as total, coupon as promo_code,
            timestamp as created_at
        from {flat}
        where event_type = 'purchase' and order_id is not null
        order by timestamp desc, event_id desc
    """
