"""Orders of a large shop, as the tables that the customer models read."""

from pathlib import Path

import duckdb

from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.workspace.settings import Settings
from orchestration.workspace_tables import customer_settings

LAST_DAY = "2026-03-31"
_DAYS = 730

# Buyers differ: a fifth of them place most of the orders, and everybody at least one.
_ORDERS = """
insert into customers.fct_orders
select
    'order_' || number, 'customer_' || buyer, order_date, order_date::timestamp, value, 0.0, value,
    row_number() over in_order, order_date - min(order_date) over in_order,
    order_date - lag(order_date) over in_order, order_date - min(order_date) over in_order,
    true, true
from (
    select
        number,
        case when number < {buyers} then number
            else ({buyers} * pow((hash(number) % 1000003) / 1000003.0, 2.5))::bigint end as buyer,
        date '{last_day}' - (hash(number, 1) % {days})::integer as order_date,
        5 + (hash(number, 2) % 20000) / 100 as value
    from range({orders}) as t(number)
)
window in_order as (partition by buyer order by order_date, number)
"""

_AROUND = """
insert into staging.stg_commerce__orders select order_id, person_id, null from customers.fct_orders;
insert into staging.stg_commerce__order_items
    select order_id, 'category_' || (hash(order_id) % 12), 1 + hash(order_id, 1) % 3
    from customers.fct_orders;
insert into intermediate.int_people
    select 'customer_' || number, true, null, null, null, null from range({buyers}) as t(number);
insert into staging.stg_commerce__customers
    select 'customer_' || number, 'city_' || (hash(number) % 500), null, null, null, null, null
    from range({buyers}) as t(number);
insert into conversions.fct_conversions
    select order_id, 'purchase', 'channel_' || (hash(order_id, 2) % 10)
    from customers.fct_orders;
create table intermediate.orders_of_people as
    select person_id, count(*) as orders, count(*) as paid_orders,
        sum(gross_revenue)::decimal(38, 6) as gross_revenue, 0::decimal(38, 6) as refunded_value,
        0 as unlinked_refunds, min(ordered_at) as first_order_at, max(ordered_at) as last_order_at
    from customers.fct_orders group by 1;
insert into intermediate.int_orders_aggregated_to_people from intermediate.orders_of_people;
drop table intermediate.orders_of_people;
"""


def write_shop(file: Path, buyers: int, orders: int) -> None:
    """Write a database with orders, people and the default settings."""
    given = (Path(__file__).parent / "given_tables.sql").read_text()
    numbers = {"buyers": buyers, "orders": orders, "days": _DAYS, "last_day": LAST_DAY}
    with duckdb.connect(str(file)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(given)
        connection.execute(
            f"create table reference.rfm_segments as from '{PROJECT_DIR}/seeds/rfm_segments.csv'"
        )
        for statement in (_ORDERS, _AROUND):
            connection.execute(statement.format(**numbers))
        settings = {"as_of": LAST_DAY, "timezone": "UTC"}
        rows = {
            "stg_workspace__settings": settings,
            "stg_workspace__customer_settings": customer_settings(Settings()),
        }
        for name, row in rows.items():
            columns = ", ".join(f"? as {column}" for column in row)
            connection.execute(f"create table staging.{name} as select {columns}", [*row.values()])
        connection.execute("alter table staging.stg_workspace__settings alter as_of type date")
