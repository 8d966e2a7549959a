"""Rules as SQL: every operator on every type of field, nulls, nesting, and what is no SQL."""

from datetime import date, datetime

import duckdb
import pytest

from orchestration.segments.compiling import compile_rules
from tests.orchestration.segments.people import (
    AS_OF,
    DAY,
    KNOWN,
    add_events,
    add_people,
    fitting,
    group,
)

# Ids say what sets somebody apart; `null` has nothing at all.
PEOPLE = (
    {"person_id": "null"},
    {
        "person_id": "low",
        "orders": 1,
        "revenue": 99.5,
        "country": "DE",
        "city": "Köln",
        "behaviours": "INACTIVE",
        "next_order_date": date(2026, 2, 1),
        # 23:00 of 29 January in New York.
        "last_seen_at": datetime(2026, 1, 30, 4),
        "is_identified": False,
    },
    {
        "person_id": "high",
        "orders": 300,
        "revenue": 300.0,
        "country": "US",
        "city": "St. John's",
        "behaviours": "HIGH_SPENDER, INACTIVE",
        "next_order_date": date(2026, 3, 20),
        # 00:00 of 30 January in New York: thirty days before the run's day.
        "last_seen_at": datetime(2026, 1, 30, 5),
        "is_identified": True,
    },
)


@pytest.fixture
def shop(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_people(connection, PEOPLE)
    return connection


def one(**rule: object) -> dict[str, object]:
    return {"all": [rule]}


@pytest.mark.parametrize(
    ("field", "operator", "value", "people"),
    [
        # Numbers.
        ("orders", ">=", "300", "high"),
        ("orders", ">", 299.9, "high"),
        ("orders", "<=", 1, "low"),
        ("orders", "<", 1, ""),
        ("orders", "==", "1.0", "low"),
        ("orders", "!=", 1, "high"),
        ("orders", "between", [1, "300"], "low high"),
        ("orders", "between", [2, 299], ""),
        ("orders", "in", [1, "7"], "low"),
        ("orders", "not_in", [1, 7], "high"),
        ("orders", "is_null", None, "null"),
        ("orders", "is_null", True, "null"),
        ("orders", "is_null", False, "low high"),
        ("orders", "<", 10**30, "low high"),
        ("total_spent", "greater_than", "99.5", "high"),
        ("revenue", "less_than", 100, "low"),
        ("revenue", "equals", 99.5, "low"),
        # Text.
        ("country", "==", "DE", "low"),
        ("country", "==", "de", ""),
        ("country", "!=", "DE", "high"),
        ("country", "in", ["DE", "FR"], "low"),
        ("country", "not_in", ["DE", "FR"], "high"),
        ("city", "contains", "öl", "low"),
        ("city", "contains", "ÖL", ""),
        ("city", "contains", "%", ""),
        ("city", "not_contains", "'", "low"),
        ("city", "is_null", None, "null"),
        # Dates.
        ("next_order_date", ">=", "2026-03-20", "high"),
        ("next_order_date", "<", date(2026, 3, 20), "low"),
        ("next_order_date", "==", "2026-02-01", "low"),
        ("next_order_date", "!=", "2026-02-01", "high"),
        ("next_order_date", "between", ["2026-02-01", "2026-03-20"], "low high"),
        ("next_order_date", "in", ["2026-02-01"], "low"),
        ("next_order_date", "not_in", ["2026-02-01"], "high"),
        ("next_order_date", "is_null", None, "null"),
        # What is ahead is not within the last days.
        ("next_order_date", "within_last_days", 28, "low"),
        ("next_order_date", "within_last_days", 27, ""),
        ("next_order_date", "within_last_days", 10**9, "low"),
        ("next_order_date", "older_than_days", 27, "low"),
        ("next_order_date", "older_than_days", 28, ""),
        ("next_order_date", "older_than_days", 10**9, ""),
        # Times, by their date in New York.
        ("last_seen_at", "==", "2026-01-29", "low"),
        ("last_seen_at", ">=", "2026-01-30", "high"),
        ("last_seen_at", "between", ["2026-01-30", "2026-01-30"], "high"),
        ("last_seen_at", "within_days", "30", "high"),
        ("last_seen_at", "within_last_days", 31, "low high"),
        ("last_seen_at", "older_than_days", 30, "low"),
        ("last_seen_at", "older_than_days", "29", "low high"),
        ("last_seen_at", "is_null", False, "low high"),
        # Truths.
        ("is_identified", "==", True, "high"),
        ("is_identified", "==", "false", "low"),
        ("is_identified", "!=", True, "low"),
        ("is_identified", "in", [True, False], "low high"),
        ("is_identified", "not_in", ["true"], "low"),
        ("is_identified", "is_null", None, "null"),
        # Patterns: who has none has none, which is nothing unknown.
        ("behaviours", "==", "INACTIVE", "low high"),
        ("behaviours", "contains", "HIGH_SPENDER", "high"),
        ("behaviour", "in", ["HIGH_SPENDER", "NEW_SHOPPER"], "high"),
        ("behaviours", "!=", "HIGH_SPENDER", "null low"),
        ("behaviours", "not_contains", "INACTIVE", "null"),
        ("behaviours", "not_in", ["HIGH_SPENDER", "NEW_SHOPPER"], "null low"),
        ("behaviours", "is_null", None, "null"),
        ("behaviours", "is_null", False, "low high"),
    ],
)
def test_operators_on_every_type_of_field(
    shop: duckdb.DuckDBPyConnection, field: str, operator: str, value: object, people: str
):
    assert fitting(shop, one(field=field, operator=operator, value=value)) == set(people.split())


def test_patterns_that_are_empty_text_are_none(connection: duckdb.DuckDBPyConnection):
    add_people(connection, [{"person_id": "a", "behaviours": ""}])
    assert fitting(connection, one(field="behaviours", operator="is_null")) == {"a"}
    assert fitting(connection, one(field="behaviours", operator="!=", value="INACTIVE")) == {"a"}


@pytest.mark.parametrize(
    ("rest", "people"),
    [
        ({"event_type": "purchase", "operator": ">=", "value": 3}, "low"),
        ({"event_type": "purchase", "operator": "==", "value": 0}, "null"),
        ({"event_type": "Purchase", "operator": "==", "value": "1"}, "high"),
        ({"event_type": "purchase", "within_days": 30, "operator": "==", "value": 2}, "low"),
        ({"event_type": "purchase", "within_days": 29, "operator": ">=", "value": 2}, ""),
        ({"event_type": "purchase", "within_days": 29, "operator": "<", "value": 1}, "null high"),
        ({"event_type": "page_view", "operator": "between", "value": [1, 9]}, "high"),
        ({"event_type": "session", "operator": "in", "value": [0, 1]}, "null low high"),
        ({"event_type": "session", "operator": "is_null"}, ""),
        ({"event_type": "session", "within_days": 10**9, "operator": "<", "value": 1}, "all"),
    ],
)
def test_events_are_counted(shop: duckdb.DuckDBPyConnection, rest: dict[str, object], people: str):
    add_events(
        shop,
        [
            ("low", "purchase", date(2026, 1, 29)),
            ("low", "purchase", date(2026, 1, 30)),
            ("low", "purchase", DAY),
            ("high", "purchase", date(2025, 1, 1)),
            ("high", "page_view", DAY),
        ],
    )
    expected = {"null", "low", "high"} if people == "all" else set(people.split())
    assert fitting(shop, one(field="event_count", **rest)) == expected


RICH = {"field": "orders", "operator": ">", "value": 100}
GERMAN = {"field": "country", "operator": "==", "value": "DE"}
AMERICAN = {"field": "country", "operator": "==", "value": "US"}


@pytest.mark.parametrize(
    ("rules", "people"),
    [
        ({"all": [RICH, AMERICAN]}, "high"),
        ({"all": [RICH, GERMAN]}, ""),
        ({"any": [RICH, GERMAN]}, "low high"),
        # None of what is unknown holds.
        ({"none": [RICH, GERMAN]}, "null"),
        ({"none": [{"field": "orders", "operator": "!=", "value": 1}]}, "null low"),
        ({"none": [{"none": [RICH]}]}, "high"),
        ({"all": [GERMAN], "none": [RICH]}, "low"),
        ({"any": [GERMAN, AMERICAN], "none": [RICH], "all": [GERMAN]}, "low"),
        ({"all": [{"any": [RICH, {"all": [GERMAN, {"none": [AMERICAN]}]}]}]}, "low high"),
        ({"any": [{"none": [GERMAN, AMERICAN]}, {"all": [RICH]}]}, "null high"),
    ],
)
def test_groups_nest(shop: duckdb.DuckDBPyConnection, rules: dict[str, object], people: str):
    assert fitting(shop, rules) == set(people.split())


def test_all_segments_are_one_query_with_one_scan_of_each_table(shop: duckdb.DuckDBPyConnection):
    counted = {"field": "event_count", "event_type": "purchase", "operator": "==", "value": 0}
    rules = {
        "rich": group({"all": [RICH]}),
        "everybody": group(one(**counted)),
        "idle": group(one(**counted, within_days=30)),
        "nobody": group({"all": [GERMAN, AMERICAN]}),
    }
    compiled = compile_rules(rules, KNOWN, AS_OF)
    assert compiled.sql.count("customers.dim_people") == 1
    assert compiled.sql.count("journeys.fct_journey_events") == 1
    found = shop.execute(compiled.sql, compiled.parameters).fetchall()
    everybody = {"null", "low", "high"}
    assert sorted(found) == sorted(
        [
            ("rich", "high"),
            *((name, person) for name in ("everybody", "idle") for person in everybody),
        ]
    )


def test_without_counts_no_events_are_needed(shop: duckdb.DuckDBPyConnection):
    shop.execute("drop table journeys.fct_journey_events")
    assert fitting(shop, {"all": [RICH]}) == {"high"}


def test_without_rules_there_is_nobody(shop: duckdb.DuckDBPyConnection):
    compiled = compile_rules({}, KNOWN, AS_OF)
    assert shop.execute(compiled.sql, compiled.parameters).fetchall() == []


ATTACKS = (
    "'; drop table customers.dim_people; --",
    "' or '1'='1",
    '" or 1=1 --',
    "$1",
    "?",
    "\\'; select 1",
    "{columns}",
    "\u02bc; drop table x; 你好 🐢",
    "a\0b",
    "%",
    "/*",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_was_written_is_in_the_sql(shop: duckdb.DuckDBPyConnection, attack: str):
    def compiled(name: str, text: str) -> tuple[str, list[object]]:
        rules = group(
            {
                "any": [
                    {"field": "city", "operator": "==", "value": text},
                    {"field": "city", "operator": "contains", "value": text},
                    {"field": "city", "operator": "not_in", "value": [text, "y"]},
                ]
            }
        )
        query = compile_rules({name: rules}, KNOWN, AS_OF)
        return query.sql, query.parameters

    sql, parameters = compiled(attack, attack)
    assert sql == compiled("harmless", "x")[0]
    add_people(shop, [{"person_id": "attacker", "city": attack}])
    found = shop.execute(sql, parameters).fetchall()
    # Whoever lives there is found, and those who live elsewhere by the last condition.
    assert sorted(found) == [(attack, "attacker"), (attack, "high"), (attack, "low")]
    counted = shop.execute("select count(*) from customers.dim_people").fetchone()
    assert counted == (4,)


def test_a_column_may_have_any_name(connection: duckdb.DuckDBPyConnection):
    name = 'a"b; --'
    connection.execute("""alter table customers.dim_people add column "a""b; --" bigint""")
    known = type(KNOWN)({**KNOWN.fields, name: KNOWN.fields["orders"]}, None)
    connection.execute("""insert into customers.dim_people by name
        select 'x' as person_id, 5 as "a""b; --" """)
    rules = type(group({"all": [RICH]})).model_validate(
        one(field=name, operator=">", value=4), context={"known": known}
    )
    compiled = compile_rules({"s": rules}, known, AS_OF)
    assert connection.execute(compiled.sql, compiled.parameters).fetchall() == [("s", "x")]
