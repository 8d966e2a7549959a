"""A table of people and a table of events of their own, for rules to be tried on."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from orchestration.as_of import AsOf
from orchestration.segments.compiling import compile_rules
from orchestration.segments.fields import FieldKind, Known
from orchestration.workspace.segment_rules import RuleGroup

DAY = date(2026, 3, 1)
AS_OF = AsOf(DAY, "America/New_York")

TYPES = {
    "person_id": "varchar",
    "customer_id": "varchar",
    "orders": "bigint",
    "revenue": "double",
    "average_order_value": "double",
    "engagement_score": "double",
    "country": "varchar",
    "city": "varchar",
    "behaviours": "varchar",
    "next_order_date": "date",
    "last_seen_at": "timestamp",
    "is_identified": "boolean",
}

_KINDS = {
    "varchar": FieldKind.TEXT,
    "bigint": FieldKind.NUMBER,
    "double": FieldKind.NUMBER,
    "date": FieldKind.DATE,
    "timestamp": FieldKind.MOMENT,
    "boolean": FieldKind.FLAG,
}

KNOWN = Known(
    {name: _KINDS[kind] for name, kind in TYPES.items()} | {"behaviours": FieldKind.PATTERNS},
    ("purchase", "page_view", "session"),
)

Row = Mapping[str, object]


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create both tables, empty."""
    declared = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())
    connection.execute(f"""
        create schema customers;
        create schema journeys;
        create table customers.dim_people ({declared});
        create table journeys.fct_journey_events (
            person_id varchar, event_type varchar, occurred_date date
        );
    """)


def add_people(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
    """Add people; what a row does not say is null."""
    places = ", ".join("?" for _ in TYPES)
    values = [[row.get(name) for name in TYPES] for row in rows]
    if values:
        connection.executemany(f"insert into customers.dim_people values ({places})", values)


def add_events(
    connection: duckdb.DuckDBPyConnection, events: Iterable[tuple[str, str, date]]
) -> None:
    """Add events: whose, of which type, on which local day."""
    values = [list(event) for event in events]
    if values:
        connection.executemany("insert into journeys.fct_journey_events values (?, ?, ?)", values)


def group(rules: Mapping[str, object]) -> RuleGroup:
    """Read rules as a file of definitions has them."""
    return RuleGroup.model_validate(rules, context={"known": KNOWN})


def fitting(connection: duckdb.DuckDBPyConnection, rules: Mapping[str, object]) -> set[str]:
    """Return the person ids that rules fit."""
    compiled = compile_rules({"s": group(rules)}, KNOWN, AS_OF)
    found = connection.execute(compiled.sql, compiled.parameters).fetchall()
    assert {segment for segment, _ in found} <= {"s"}
    people = [person for _, person in found]
    assert len(people) == len(set(people))
    return set(people)
