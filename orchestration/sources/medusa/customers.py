"""`commerce.customers`: with the place of their default address, else of their last delivery."""

from orchestration.sources.medusa.tables import Tables
from orchestration.sources.postgres.extract import CHANGED_AT, Window


def select(tables: Tables, window: Window) -> str:
    """Return the query of a window; of a deleted customer only the id and the dates are left."""
    customers = tables.source(
        "customer",
        *("id", "email", "phone", "first_name", "last_name", "has_account", "created_at"),
        *("updated_at", "deleted_at"),
    )
    return f"""
        with
        customers as ({customers}),
        addresses as (
            select distinct on (customer_id) *
            from ({_addresses(tables)}) as a
            order by customer_id, preference, at desc, id
        ),
        placed as (
            select customers.*, addresses.city, addresses.country_code,
                greatest(customers.updated_at, customers.deleted_at, addresses.updated_at)
                    as {CHANGED_AT}
            from customers
            left join addresses on addresses.customer_id = customers.id
        )
        select
            id,
            {_unless_deleted("email")},
            {_unless_deleted("phone")},
            {_unless_deleted("first_name")},
            {_unless_deleted("last_name")},
            upper(country_code) as country,
            {_unless_deleted("city")},
            created_at,
            {CHANGED_AT} as updated_at,
            has_account,
            deleted_at,
            {CHANGED_AT}
        from placed
        where {window.condition(CHANGED_AT)}
        order by id
    """


def _addresses(tables: Tables) -> str:
    own = tables.source(
        "customer_address",
        *("id", "customer_id", "city", "country_code", "is_default_shipping", "created_at"),
        *("updated_at", "deleted_at"),
    )
    delivered = tables.source("order_address", "id", "city", "country_code", "updated_at")
    orders = tables.source("order", "id", "customer_id", "shipping_address_id", "created_at")
    return f"""
        select id, customer_id, city, country_code, updated_at, created_at as at,
            case when is_default_shipping then 0 else 2 end as preference
        from {own} as o where deleted_at is null
        union all
        select a.id, o.customer_id, a.city, a.country_code, a.updated_at, o.created_at, 1
        from {orders} as o
        join {delivered} as a on a.id = o.shipping_address_id
        where o.customer_id is not null
    """


def _unless_deleted(column: str) -> str:
    return f"case when deleted_at is null then {column} end as {column}"
