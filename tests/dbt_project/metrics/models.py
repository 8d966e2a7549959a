"""The models of metrics on tables made by hand, in milliseconds instead of a refresh.

dbt compiles the project once; the SQL it would run is then run on a database that has the tables
these models read.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.defs.dbt.compiled import build_compiled, compile_models
from orchestration.defs.dbt.project import PROJECT_DIR
from tests.dbt_project.metrics.given_tables import GIVEN_TABLES

MODELS = ("intermediate.metrics", "marts.metrics")


def compile_metrics(target: Path) -> Path:
    """Compile the models of metrics; return the folder of what dbt wrote."""
    compile_models(MODELS, target)
    return target


class Figure(NamedTuple):
    """A row of `metrics.metric_values`, without what says of what it is."""

    value: float | None
    numerator: float | None
    denominator: float | None


class Shop:
    """A database with what metrics are made of; whatever happens does at noon UTC.

    The last whole day is 2026-03-31, so that 7d begins on the 25th, 30d on 2 March, and 90d as
    well as the year to date on 1 January.
    """

    def __init__(
        self, compiled: Path, as_of: str = "2026-03-31", *, is_today: bool = False
    ) -> None:
        """Create an empty shop in memory, on a day that is over unless it is today."""
        self._compiled = compiled
        self.connection = duckdb.connect()
        for table, columns in GIVEN_TABLES.items():
            self.connection.execute(f"create schema if not exists {table.split('.')[0]}")
            self.connection.execute(f"create table {table} ({columns})")
        self.connection.execute("create schema reference; create schema metrics")
        self.connection.execute(
            "create table reference.metric_definitions as "
            f"from read_csv('{PROJECT_DIR}/seeds/metric_definitions.csv', types = "
            "{'healthy_low': 'double', 'healthy_high': 'double', 'target': 'double'})"
        )
        day = date.fromisoformat(as_of)
        self.add(
            "staging.stg_workspace__settings",
            as_of=day,
            as_of_end=day + timedelta(days=1),
            last_whole_date=day - timedelta(days=is_today),
            timezone="UTC",
            headline_model="linear",
            metric_minimum_persons=30,
            metric_minimum_conversions=5,
        )

    def add(self, table: str, **row: object) -> None:
        """Add a row; columns that are not given are null."""
        places = ", ".join("?" for _ in row)
        self.connection.execute(
            f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values())
        )

    def spend(self, day: str, campaign: str, spend: float, **figures: object) -> None:
        """Spend on a campaign of paid social."""
        self.add(
            "intermediate.int_spend_days",
            **{"spend_date": day, "campaign_id": campaign, "channel": "paid_social", "spend": spend}
            | figures,
        )

    def credit(self, day: str, campaign: str, revenue: float, new_customers: float = 0) -> None:
        """Credit a campaign of paid social under the headline model, and its channel."""
        credited = {
            "date": day,
            "attribution_model": "linear",
            "revenue": revenue,
            "new_customers": new_customers,
        }
        self.add("attribution.campaign_days", campaign_id=campaign, **credited)
        self.add("attribution.channel_days", channel="paid_social", **credited)

    def purchase(
        self,
        person: str,
        day: str,
        value: float = 100.0,
        *,
        cost: float | None = None,
        **source: object,
    ) -> str:
        """Pay for an order of one item, which is a conversion; return its id."""
        (number,) = self.rows("select count(*) from customers.fct_orders")[0]
        order = f"o{number}"
        self.add(
            "customers.fct_orders",
            order_id=order,
            person_id=person,
            order_date=day,
            net_revenue=value,
            gross_revenue=value,
            original_total=value,
            is_paid=True,
        )
        self.add("staging.stg_commerce__order_items", order_id=order, quantity=1, unit_cost=cost)
        self.add(
            "conversions.fct_conversions",
            order_id=order,
            person_id=person,
            conversion_type="purchase",
            counts_as_revenue=True,
            value=value,
            converted_date=day,
            converted_at=f"{day} 12:00:00",
            **source,
        )
        return order

    def message(
        self, person: str, day: str, event: str, campaign: str = "m", **more: object
    ) -> None:
        """Let something happen by a message at 8 in the morning: sent, seen, clicked, held_out."""
        event_type = {"sent": "delivered", "seen": "viewed"}.get(event, event)
        self.add(
            "intermediate.int_messages_identified",
            **{
                "person_id": person,
                "campaign_id": campaign,
                "event_type": f"campaign_{event_type}",
                "is_holdout": event == "held_out",
                "occurred_at": f"{day} 08:00:00",
            }
            | more,
        )

    def build(self) -> None:
        """Build every model of metrics."""
        # As fct_orders itself does.
        self.connection.execute("""
            create or replace table customers.fct_orders as select * replace (
                order_date - min(order_date) over (partition by person_id)
                    as days_since_first_paid_order
            ) from customers.fct_orders
        """)
        for _ in build_compiled(self.connection, self._compiled):
            pass

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Query the tables."""
        return self.connection.execute(sql).fetchall()

    def column(self, column: str, metric: str, of: str = "all", period: str = "30d") -> object:
        """Return a column of a metric of `all`, or of a dimension's value such as `campaign c1`."""
        dimension, _, value = of.partition(" ")
        found = self.connection.execute(
            f"select {column} from metrics.metric_values where metric = $1 and dimension = $2 "
            "and dimension_value = $3 and period = $4 order by period_end desc limit 1",
            [metric, dimension, value or "all", period],
        ).fetchone()
        return found[0] if found else "no such row"

    def figure(self, metric: str, of: str = "all", period: str = "30d") -> Figure:
        """Return value, numerator and denominator of a metric."""
        return Figure(
            *(self.column(name, metric, of, period) for name in Figure._fields)  # type: ignore[arg-type]
        )
