"""Decide and record segments in a process of its own: `python -m ...segments PEOPLE SEGMENTS`."""

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.as_of import AsOf
from orchestration.segments.building import build_segments
from orchestration.segments.fields import Known, person_fields
from orchestration.workspace.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = date(2026, 5, 16)
_EVENTS_PER_PERSON = 10
# Of the columns that rules may name, those that the rules here do.
_SHOP = """
create schema customers;
create schema journeys;
create table customers.dim_people as
select
    'customer_' || number as person_id,
    'customer_' || number as customer_id,
    (hash(number) % 20)::bigint as orders,
    case when hash(number, 1) % 10 < 7 then (hash(number, 2) % 200000) / 100 end as revenue,
    case when hash(number, 3) % 10 < 9 then (hash(number, 4) % 10000) / 100 end as churn_risk,
    ['DE', 'FR', 'PL', 'US', 'GB'][1 + (hash(number, 5) % 5)::integer] as country,
    ['Champions', 'Loyal', 'New', 'At risk'][1 + (hash(number, 6) % 4)::integer] as rfm_segment,
    case when hash(number, 7) % 2 = 0 then 'HIGH_SPENDER, INACTIVE'
        when hash(number, 8) % 2 = 0 then 'WEEKEND_SHOPPER' end as behaviours,
    timestamp '2025-01-01' + to_seconds((hash(number, 9) % 43200000)::bigint) as last_seen_at,
    hash(number, 10) % 2 = 0 as is_identified
from range({people}) as t(number);
create table journeys.fct_journey_events as
select
    'customer_' || (hash(number) % {people}) as person_id,
    ['purchase', 'page_view', 'session', 'email_open'][1 + (hash(number, 1) % 4)::integer]
        as event_type,
    date '2025-01-01' + (hash(number, 2) % 500)::integer as occurred_date
from range({events}) as t(number);
"""

Rule = dict[str, object]


def main(people: str, segments: str) -> None:
    """Print how many members the segments have, and the seconds it took to find and record them."""
    known = Known(person_fields(), None)
    defined = _segments(int(segments), known)
    with tempfile.TemporaryDirectory() as folder:
        settings = {"threads": 2, "memory_limit": "4GB"}
        with duckdb.connect(str(Path(folder) / "shop.duckdb"), config=settings) as connection:
            connection.execute("set enable_progress_bar = false")
            events = int(people) * _EVENTS_PER_PERSON
            connection.execute(_SHOP.format(people=int(people), events=events))
            started = time.perf_counter()
            built = build_segments(connection, defined, known, AsOf(_DAY, "Europe/Berlin"))
            print(built.members, time.perf_counter() - started)


def _segments(count: int, known: Known) -> list[Segment]:
    """Segments of nested rules; the same ones every time."""
    choices = random.Random(1)
    return [
        Segment.model_validate(
            {
                "name": f"Segment {number}",
                "rules": {
                    "all": [
                        *(_condition(choices) for _ in range(4)),
                        {"any": [_condition(choices), {"none": [_condition(choices)]}]},
                    ]
                },
            },
            context={"known": known},
        )
        for number in range(count)
    ]


def _condition(choices: random.Random) -> Rule:
    kinds: list[Callable[[], Rule]] = [
        lambda: _rule("total_orders", ">=", choices.randint(1, 20)),
        lambda: _rule("total_spent", "between", [choices.randint(0, 500), "2000"]),
        lambda: _rule("churn_risk", "<", choices.randint(1, 99)),
        lambda: _rule("country", "in", choices.sample(["DE", "FR", "PL", "US", "GB"], 2)),
        lambda: _rule("rfm_segment", "!=", "Champions"),
        lambda: _rule("behaviours", "contains", "HIGH_SPENDER"),
        lambda: _rule("last_seen_at", "within_last_days", choices.randint(5, 300)),
        lambda: _rule("is_identified", "==", value=True),
        lambda: {
            **_rule("event_count", ">=", choices.randint(0, 5)),
            "event_type": choices.choice(["purchase", "page_view", "session", "email_open"]),
            "within_days": choices.choice([7, 30, 90, 365]),
        },
    ]
    return choices.choice(kinds)()


def _rule(field: str, operator: str, value: object) -> Rule:
    return {"field": field, "operator": operator, "value": value}


if __name__ == "__main__":
    main(*sys.argv[1:])
