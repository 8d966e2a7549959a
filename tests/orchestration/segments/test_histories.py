"""Random histories: on every day, the members are those that a plain account of the runs has."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.as_of import AsOf
from orchestration.segments.building import build_segments
from orchestration.workspace.segments import Segment
from tests.orchestration.segments.people import KNOWN, add_people

FIRST = date(2026, 3, 1)
PEOPLE = ("ann", "bob", "cid", "dan")
NAMES = ("a", "b", "c")

Members = set[tuple[str, str, str]]


def _runs(days: st.SearchStrategy[int], auto_update: st.SearchStrategy[bool]) -> Any:  # noqa: ANN401
    """Runs, each some days after the one before; people are those who have a count of orders."""
    definitions = st.fixed_dictionaries(
        {
            "auto_update": auto_update,
            "least": st.none() | st.integers(1, 3),
            "named": st.sets(st.sampled_from((*PEOPLE, "nobody")), max_size=2),
        }
    ).filter(lambda one: one["least"] or one["named"])
    run = st.fixed_dictionaries(
        {
            "days": days,
            "orders": st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 3)),
            "segments": st.dictionaries(st.sampled_from(NAMES), definitions),
            "rebuild": st.sets(st.sampled_from(NAMES)),
        }
    )
    return st.lists(run, min_size=1, max_size=6)


@dataclass
class Account:
    """What is known of one segment between runs: whom its rules have, and who was named."""

    is_auto: bool = False
    by_rule: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def _account_of(run: dict[str, Any], name: str, accounts: dict[str, Account]) -> Members:
    """Advance the account of a segment by a run, and return its members."""
    given, account = run["segments"][name], accounts.setdefault(name, Account())
    least = given["least"]
    if least is None:
        account.by_rule = set()
    elif given["auto_update"] or name in run["rebuild"]:
        account.by_rule = {person for person, orders in run["orders"].items() if orders >= least}
    elif account.is_auto:
        # It keeps those whom only the rules had put there.
        account.by_rule -= account.named
    account.is_auto, account.named = given["auto_update"], given["named"]
    present = set(run["orders"])
    return {(name, person, "manual") for person in account.named & present} | {
        (name, person, "rule") for person in account.by_rule & present - account.named
    }


def _build(connection: duckdb.DuckDBPyConnection, run: dict[str, Any], day: date) -> None:
    segments = [
        Segment.model_validate(
            {
                "name": name,
                "auto_update": one["auto_update"],
                "manual_members": sorted(one["named"]),
                "rules": one["least"]
                and {"all": [{"field": "orders", "operator": ">=", "value": one["least"]}]},
            },
            context={"known": KNOWN},
        )
        for name, one in run["segments"].items()
    ]
    connection.execute("delete from customers.dim_people")
    add_people(
        connection, [{"person_id": name, "orders": count} for name, count in run["orders"].items()]
    )
    build_segments(connection, segments, KNOWN, AsOf(day, "UTC"), run["rebuild"])


def _check(connection: duckdb.DuckDBPyConnection, runs: list[dict[str, Any]]) -> None:
    connection.execute("drop schema if exists segments cascade")
    for table in ("segments", "segment_members"):
        connection.execute(f"drop table if exists customers.{table}")
    accounts: dict[str, Account] = {}
    days: dict[date, Members] = {}
    day = FIRST
    for run in runs:
        day += timedelta(days=run["days"])
        _build(connection, run, day)
        accounts = {name: one for name, one in accounts.items() if name in run["segments"]}
        members: Members = set()
        for name in run["segments"]:
            members |= _account_of(run, name, accounts)
        days = {earlier: found for earlier, found in days.items() if earlier < day}
        days[day] = members
        for earlier, expected in days.items():
            assert _members_on(connection, earlier) == expected


def _members_on(connection: duckdb.DuckDBPyConnection, day: date) -> Members:
    found = connection.execute(
        """select segment, person_id, added_reason from customers.segment_members
        where valid_from <= $1 and (valid_to is null or $1 < valid_to)""",
        [day],
    ).fetchall()
    assert len(found) == len(set(found))
    return set(found)


RANDOM = settings(
    max_examples=100,
    deadline=None,
    # The tables are emptied before each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(_runs(st.integers(0, 2), st.booleans()))
@RANDOM
def test_members_are_accounted_for(
    connection: duckdb.DuckDBPyConnection, runs: list[dict[str, Any]]
):
    _check(connection, runs)


@given(_runs(st.integers(-3, 3), st.just(value=True)))
@RANDOM
def test_members_are_accounted_for_when_going_back(
    connection: duckdb.DuckDBPyConnection, runs: list[dict[str, Any]]
):
    _check(connection, runs)
