"""Random rules on random people: the SQL says what a plain reading of the rules says."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.segments.fields import PATTERNS
from tests.orchestration.segments.people import AS_OF, DAY, add_events, add_people, fitting

NUMBERS = ("orders", "revenue")
TEXTS = ("country", "city")
EVENT_TYPES = ("purchase", "page_view")

numbers = st.one_of(st.integers(-3, 6), st.sampled_from([0.5, 2.5, 1e9]))
texts = st.sampled_from(["", "a", "A", "ab", "b'a", "ä", "7"])
days = st.dates(DAY - timedelta(days=8), DAY + timedelta(days=3))
moments = st.datetimes(datetime(2026, 2, 21), datetime(2026, 3, 3))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


people = st.fixed_dictionaries(
    {
        "orders": _maybe(st.integers(-3, 6)),
        "revenue": _maybe(numbers.map(float)),
        "country": _maybe(texts),
        "city": _maybe(texts),
        "behaviours": _maybe(
            st.sets(st.sampled_from(PATTERNS)).map(lambda found: ", ".join(sorted(found)))
        ),
        "next_order_date": _maybe(days),
        "last_seen_at": _maybe(moments),
        "is_identified": _maybe(st.booleans()),
        "events": st.lists(st.tuples(st.sampled_from(EVENT_TYPES), days), max_size=4),
    }
)


def _compared(
    fields: tuple[str, ...], values: st.SearchStrategy[Any], operators: tuple[str, ...]
) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions of an operator that takes one value, or several in a list."""

    def rule(operator: str) -> st.SearchStrategy[dict[str, Any]]:
        value = values
        if operator in ("in", "not_in"):
            value = st.lists(values, min_size=1, max_size=3)
        if operator == "between":
            value = st.tuples(values, values).map(sorted)
        if operator == "is_null":
            value = st.sampled_from([None, True, False])
        if operator in ("within_last_days", "older_than_days"):
            value = st.integers(0, 6) | st.integers(0, 6).map(str)
        if operator in ("contains", "not_contains"):
            value = values.filter(lambda text: text != "")
        return st.fixed_dictionaries(
            {"field": st.sampled_from(fields), "operator": st.just(operator), "value": value}
        )

    return st.sampled_from(operators).flatmap(rule)


EQUAL = ("==", "!=", "in", "not_in", "is_null")
ORDERED = (">=", "<=", ">", "<", "between")
CONTAINS = ("contains", "not_contains")
DATED = ("within_last_days", "older_than_days")
as_written = st.one_of(numbers, numbers.map(str))
counted = st.fixed_dictionaries(
    {"event_type": st.sampled_from(EVENT_TYPES), "within_days": _maybe(st.integers(1, 6))}
)

conditions = st.one_of(
    _compared(NUMBERS, numbers, (*EQUAL, *ORDERED)),
    _compared(NUMBERS, as_written, EQUAL),
    _compared(TEXTS, texts, (*EQUAL, *CONTAINS)),
    _compared(("behaviours",), st.sampled_from(PATTERNS), (*EQUAL, *CONTAINS)),
    _compared(("next_order_date", "last_seen_at"), days, (*EQUAL, *ORDERED, *DATED)),
    _compared(("is_identified",), st.booleans() | st.sampled_from(["true", "false"]), EQUAL),
    st.builds(
        lambda rule, events: {**rule, **events},
        _compared(("event_count",), numbers, (*EQUAL, *ORDERED)),
        counted,
    ),
)
rules = st.recursive(
    conditions,
    lambda inner: st.dictionaries(
        st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3), min_size=1
    ),
    max_leaves=8,
)


def holds(rule: Mapping[str, Any], person: Mapping[str, Any]) -> bool:
    """Whether a person fits rules, read word by word."""
    if "field" not in rule:
        return (
            all(holds(one, person) for one in rule.get("all", ()))
            and ("any" not in rule or any(holds(one, person) for one in rule["any"]))
            and not any(holds(one, person) for one in rule.get("none", ()))
        )
    if rule["field"] == "behaviours":
        return _has_pattern(rule, (person["behaviours"] or "").split(", "))
    subject = _subject(rule, person)
    if rule["operator"] == "is_null":
        return (subject is None) == (rule["value"] is not False)
    return subject is not None and _is_true(rule["operator"], subject, _values(rule, subject))


def _has_pattern(rule: Mapping[str, Any], patterns: list[str]) -> bool:
    if rule["operator"] == "is_null":
        return (patterns == [""]) == (rule["value"] is not False)
    value = rule["value"]
    has_one = bool(set(value if isinstance(value, list) else [value]) & set(patterns))
    return has_one != (rule["operator"] in ("!=", "not_in", "not_contains"))


def _subject(rule: Mapping[str, Any], person: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if rule["field"] == "event_count":
        within = rule["within_days"]
        return sum(
            event_type == rule["event_type"] and (within is None or (DAY - day).days <= within)
            for event_type, day in person["events"]
        )
    value = person[rule["field"]]
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(ZoneInfo(AS_OF.timezone)).date()
    return value


def _values(rule: Mapping[str, Any], subject: object) -> list[Any]:
    given = rule["value"] if isinstance(rule["value"], list) else [rule["value"]]
    if isinstance(subject, bool):
        return [one in (True, "true") for one in given]
    if isinstance(subject, int | float) or rule["operator"] in DATED:
        return [float(one) for one in given]
    return given


def _is_true(operator: str, subject: Any, values: list[Any]) -> bool:  # noqa: ANN401
    first = values[0]
    if operator in DATED:
        age = (DAY - subject).days
        return 0 <= age <= first if operator == "within_last_days" else age > first
    return {
        ">=": lambda: subject >= first,
        "<=": lambda: subject <= first,
        ">": lambda: subject > first,
        "<": lambda: subject < first,
        "==": lambda: subject == first,
        "!=": lambda: subject != first,
        "in": lambda: subject in values,
        "not_in": lambda: subject not in values,
        "between": lambda: first <= subject <= values[1],
        "contains": lambda: first in subject,
        "not_contains": lambda: first not in subject,
    }[operator]()


@given(st.lists(people, max_size=6), rules)
@settings(
    max_examples=300,
    deadline=None,
    # The tables are emptied before each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_rules_fit_whom_they_say(
    connection: duckdb.DuckDBPyConnection, shop: list[dict[str, Any]], rule: dict[str, Any]
):
    connection.execute("delete from customers.dim_people; delete from journeys.fct_journey_events")
    named = {str(number): person for number, person in enumerate(shop)}
    add_people(connection, [{**person, "person_id": name} for name, person in named.items()])
    add_events(
        connection,
        [(name, *event) for name, person in named.items() for event in person["events"]],
    )
    expected = {name for name, person in named.items() if holds(rule, person)}
    assert fitting(connection, {"all": [rule]}) == expected


def test_the_plain_reading_is_right_about_an_example():
    person = {"orders": None, "events": [("purchase", date(2026, 2, 27))]}
    spent = {"field": "orders", "operator": "!=", "value": 1}
    bought = {
        "field": "event_count",
        "event_type": "purchase",
        "within_days": 2,
        "operator": "==",
        "value": 1,
    }
    assert not holds({"any": [spent]}, person)
    assert holds({"none": [spent], "all": [bought]}, person)
