"""The customer models on tables made by hand, in milliseconds instead of a refresh.

dbt compiles the project once; the SQL it would run is then run on a database that has the tables
these models read: orders, people, feedback, sessions, settings.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.customers.build import MODELS
from orchestration.defs.dbt.compiled import build_compiled, compile_models
from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.workspace.settings import Settings
from orchestration.workspace_tables import customer_settings

Row = tuple[object, ...]

# What these models read and do not build, which their benchmark needs as well.
_GIVEN_TABLES = Path(__file__).parents[3] / "benchmarks" / "customers" / "given_tables.sql"


def compile_customers(target: Path) -> Path:
    """Compile the customer models; return the folder of what dbt wrote."""
    compile_models(MODELS, target)
    return target


class Shop:
    """A database with people and what they did that the customer models can be run on.

    Days are local days, written as `2026-01-31`; whatever happens does at noon UTC.
    """

    def __init__(self, compiled: Path, as_of: str = "2026-06-30") -> None:
        """Create an empty shop in memory."""
        self._compiled = compiled
        self._as_of = as_of
        self._orders = 0
        self.connection = duckdb.connect()
        self.connection.execute(_GIVEN_TABLES.read_text())
        self.connection.execute(
            f"create table reference.rfm_segments as from '{PROJECT_DIR}/seeds/rfm_segments.csv'"
        )

    def person(self, person: str, *, identified: bool = True, city: str | None = None) -> None:
        """Add a person, with a customer record if identified."""
        self.insert("intermediate.int_people", (person, identified, None, None, None, None))
        if identified:
            self.insert(
                "staging.stg_commerce__customers",
                (person, city, None, None, None, None, None),
            )

    def order(  # noqa: PLR0913
        self,
        person: str,
        day: str,
        value: float | None = 100.0,
        *,
        refunded: float = 0.0,
        items: Sequence[tuple[str | None, int]] = (),
        city: str | None = None,
        channel: str | None = None,
    ) -> str:
        """Add a paid order; return its id."""
        self._orders += 1
        order = f"o{self._orders}"
        net = None if value is None else value - refunded
        at = f"{day} 12:00:00"
        self.insert(
            "customers.fct_orders",
            (
                order,
                person,
                day,
                at,
                value,
                refunded,
                net,
                None,
                None,
                None,
                None,
                True,
                value != 0,
            ),
        )
        extra = None if city is None else f'{{"shipping_city": "{city}"}}'
        self.insert("staging.stg_commerce__orders", (order, person, extra))
        for category, quantity in items:
            self.insert("staging.stg_commerce__order_items", (order, category, quantity))
        if channel is not None:
            self.insert("conversions.fct_conversions", (order, "purchase", channel))
        return order

    def refund(self, person: str, day: str, amount: float) -> None:
        """Pay back money for no order in particular."""
        self.insert("intermediate.int_refunds_converted", (person, amount, False, day))

    def feedback(self, person: str, day: str, rating: float, scale: int) -> None:
        """Add a review or a survey answer."""
        number = self.rows("select count(*) from intermediate.int_feedback_identified")[0][0]
        self.insert(
            "intermediate.int_feedback_identified",
            (f"f{number}", person, True, "review", rating, scale, None, f"{day} 12:00:00"),
        )

    def session(self, person: str, day: str, pageviews: int | None) -> None:
        """Add a session."""
        self.insert("intermediate.int_touchpoints", (None, person, pageviews, f"{day} 12:00:00"))

    def build(self, **sections: object) -> None:
        """Build every customer model under the settings given, and the defaults of others."""
        # As fct_orders itself does; here orders of one day come in the order of their ids.
        self.connection.execute("""
            create or replace table customers.fct_orders as select * replace (
                row_number() over in_order as order_number,
                order_date - min(order_date) over in_order as days_since_first_order,
                order_date - lag(order_date) over in_order as days_since_previous_order,
                case when is_paid then order_date - min(order_date) filter (where is_paid)
                    over in_order end as days_since_first_paid_order
            ) from customers.fct_orders
            window in_order as (partition by person_id order by ordered_at, order_id)
        """)
        self.connection.execute(
            "create or replace table intermediate.int_orders_aggregated_to_people as select "
            "person_id, count(*) as orders, count(*) filter (where is_paid) as paid_orders, "
            "sum(gross_revenue)::decimal(38, 6) as gross_revenue, "
            "sum(refunded_value)::decimal(38, 6) as refunded_value, 0 as unlinked_refunds, "
            "min(ordered_at) as first_order_at, max(ordered_at) as last_order_at "
            "from customers.fct_orders where is_counted group by 1"
        )
        self._settings("stg_workspace__settings", {"as_of": self._as_of, "timezone": "UTC"})
        row = customer_settings(Settings.model_validate(sections))
        self._settings("stg_workspace__customer_settings", row)
        for _ in build_compiled(self.connection, self._compiled):
            pass

    def rows(self, sql: str) -> list[Row]:
        """Query the tables."""
        return self.connection.execute(sql).fetchall()

    def insert(self, table: str, values: Sequence[object]) -> None:
        """Add a row to one of the tables the models read."""
        places = ", ".join("?" for _ in values)
        self.connection.execute(f"insert into {table} values ({places})", list(values))

    def _settings(self, name: str, row: dict[str, object]) -> None:
        columns = ", ".join(
            f"cast(? as {'date' if column == 'as_of' else _KINDS[type(value)]}) as {column}"
            for column, value in row.items()
        )
        self.connection.execute(
            f"create or replace table staging.{name} as select {columns}", list(row.values())
        )


_KINDS = {int: "bigint", float: "double", str: "varchar"}
