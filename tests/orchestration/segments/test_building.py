"""Members day by day: who entered and left, by rules, by hand, and by command."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from orchestration.as_of import AsOf
from orchestration.segments.building import Built, build_segments
from orchestration.workspace.segments import Segment
from tests.orchestration.segments.people import KNOWN, add_people

FIRST = date(2026, 3, 1)
BUYERS = {"all": [{"field": "orders", "operator": ">=", "value": 1}]}
LOYAL = {"all": [{"field": "orders", "operator": ">=", "value": 3}]}

Rows = list[tuple[Any, ...]]
Build = Callable[..., Built]


def segment(name: str = "buyers", **keys: object) -> Segment:
    return Segment.model_validate(
        {"name": name, **({"rules": BUYERS} | keys)}, context={"known": KNOWN}
    )


def static(name: str = "static", **keys: object) -> Segment:
    return segment(name, auto_update=False, **keys)


@pytest.fixture
def shop(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Ann and Bob bought, Cid did not; Bob's customer id is not his person id."""
    add_people(
        connection,
        [
            {"person_id": "ann", "customer_id": "ann", "orders": 3},
            {"person_id": "bob", "customer_id": "cus_2", "orders": 1},
            {"person_id": "cid", "orders": 0},
        ],
    )
    return connection


@pytest.fixture
def build(shop: duckdb.DuckDBPyConnection) -> Build:
    """Run for a day, counted from the first of March."""

    def _build(day: int, *segments: Segment, rebuild: Sequence[str] = ()) -> Built:
        as_of = AsOf(FIRST + timedelta(days=day), "UTC")
        return build_segments(shop, segments, KNOWN, as_of, rebuild)

    return _build


@pytest.fixture
def members(shop: duckdb.DuckDBPyConnection) -> Callable[..., Rows]:
    """Select the rows of a segment, with days counted from the first of March."""

    def _members(name: str = "buyers") -> Rows:
        return shop.execute(
            """select person_id, added_reason, valid_from - $2, valid_to - $2
            from customers.segment_members where segment = $1 order by all""",
            [name, FIRST],
        ).fetchall()

    return _members


def orders(shop: duckdb.DuckDBPyConnection, **counts: int) -> None:
    for person, count in counts.items():
        shop.execute(
            "update customers.dim_people set orders = ? where person_id = ?", [count, person]
        )


def described(shop: duckdb.DuckDBPyConnection, columns: str) -> Rows:
    return shop.execute(f"select {columns} from customers.segments order by segment").fetchall()


def members_on(shop: duckdb.DuckDBPyConnection, day: int) -> set[str]:
    found = shop.execute(
        """select person_id from customers.segment_members
        where valid_from <= $1 and (valid_to is null or $1 < valid_to)""",
        [FIRST + timedelta(days=day)],
    ).fetchall()
    return {person for (person,) in found}


def test_the_first_run_takes_in_whom_the_rules_fit(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    built = build(0, segment(description="bought", type="behavioral"))
    assert (built.members, built.changed, built.unknown) == (2, (2, 0), [])
    assert members() == [("ann", "rule", 0, None), ("bob", "rule", 0, None)]
    assert described(shop, "* exclude (rules)") == [
        ("buyers", "bought", "behavioral", True, 2, 0, 0, FIRST, False, None)
    ]
    assert described(shop, "rules") == [
        ('{"all": [{"field": "orders", "operator": ">=", "value": 1}]}',)
    ]


def test_the_same_day_again_gives_the_same(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    orders(shop, bob=0)
    build(1, segment())
    before = (members(), described(shop, "*"))
    assert build(1, segment()).members == 1
    assert (members(), described(shop, "*")) == before


def test_leaving_and_coming_back_are_two_rows(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    orders(shop, bob=0)
    assert build(2, segment()).changed == (0, 1)
    orders(shop, bob=1)
    assert build(5, segment()).changed == (1, 0)
    assert members() == [
        ("ann", "rule", 0, None),
        ("bob", "rule", 0, 2),
        ("bob", "rule", 5, None),
    ]
    assert [members_on(shop, day) for day in (-1, 0, 1, 2, 4, 5)] == [
        set(),
        {"ann", "bob"},
        {"ann", "bob"},
        {"ann"},
        {"ann"},
        {"ann", "bob"},
    ]


def test_what_changes_back_on_the_same_day_was_never_there(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    orders(shop, bob=0, cid=1)
    build(1, segment())
    orders(shop, bob=1, cid=0)
    build(1, segment())
    assert members() == [("ann", "rule", 0, None), ("bob", "rule", 0, None)]


def test_going_back_forgets_what_came_after(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    orders(shop, bob=0, cid=1)
    build(3, segment())
    then = members()
    orders(shop, ann=0)
    build(6, segment())
    orders(shop, ann=3)
    build(3, segment())
    assert members() == then
    # To before everything: only that day is known.
    build(-5, segment())
    assert members() == [("ann", "rule", -5, None), ("cid", "rule", -5, None)]


def test_people_who_are_gone_leave(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment(), static(manual_members=["bob"]))
    shop.execute("delete from customers.dim_people where person_id = 'bob'")
    built = build(1, segment(), static(manual_members=["bob"]))
    assert members() == [("ann", "rule", 0, None), ("bob", "rule", 0, 1)]
    assert members("static") == [("bob", "manual", 0, 1)]
    assert built.unknown == [("static", "bob")]


def test_people_who_are_gone_leave_what_was_decided_before_as_well(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, static(), rebuild=["static"])
    shop.execute("delete from customers.dim_people where person_id = 'bob'")
    build(1, static())
    assert members("static") == [("ann", "rule", 0, None), ("bob", "rule", 0, 1)]


def test_a_segment_that_is_gone_ends_its_members_and_stays_for_their_sake(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment(), segment("loyal", rules=LOYAL))
    build(2, segment())
    build(4, segment())
    assert members("loyal") == [("ann", "rule", 0, 2)]
    assert described(shop, "segment, members, rebuilt_on, removed_on") == [
        ("buyers", 2, FIRST + timedelta(days=4), None),
        ("loyal", 0, FIRST, FIRST + timedelta(days=2)),
    ]
    # It may come back, and before it was there nobody knows it.
    build(5, segment(), segment("loyal", rules=LOYAL))
    assert members("loyal") == [("ann", "rule", 0, 2), ("ann", "rule", 5, None)]
    assert described(shop, "removed_on") == [(None,), (None,)]
    build(-1, segment())
    assert described(shop, "segment") == [("buyers",)]


def test_without_segments_the_tables_are_empty(shop: duckdb.DuckDBPyConnection, build: Build):
    shop.execute("drop table journeys.fct_journey_events")
    assert build(0) == (0, (0, 0), [])
    assert described(shop, "*") == []


def test_who_is_named_by_hand_stays_whatever_the_rules_say(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    by_hand = segment(manual_members=["ann", "cid", "cus_2", "ann", "bob", "nobody"])
    built = build(0, by_hand)
    assert members() == [(name, "manual", 0, None) for name in ("ann", "bob", "cid")]
    assert built.unknown == [("buyers", "nobody")]
    assert described(shop, "members, manual_members, unknown_manual_members") == [(3, 3, 1)]
    orders(shop, ann=0, bob=0)
    build(1, by_hand)
    assert members() == [(name, "manual", 0, None) for name in ("ann", "bob", "cid")]


def test_another_reason_is_another_row_from_that_day_on(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    build(1, segment(manual_members=["bob"]))
    build(2, segment())
    assert members() == [
        ("ann", "rule", 0, None),
        ("bob", "manual", 1, 2),
        ("bob", "rule", 0, 1),
        ("bob", "rule", 2, None),
    ]
    assert all(members_on(shop, day) == {"ann", "bob"} for day in range(4))


def test_static_rules_wait_for_the_command(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    built = static(manual_members=["cid"])
    build(0, built)
    assert members("static") == [("cid", "manual", 0, None)]
    assert described(shop, "rebuilt_on, has_new_rules") == [(None, False)]
    build(1, built, rebuild=["static"])
    orders(shop, ann=0, bob=0)
    build(2, built)
    # The run of that day again, without the command: what was commanded stands.
    build(1, built)
    build(3, built)
    assert members("static") == [
        ("ann", "rule", 1, None),
        ("bob", "rule", 1, None),
        ("cid", "manual", 0, None),
    ]
    assert described(shop, "rebuilt_on") == [(FIRST + timedelta(days=1),)]
    build(4, built, rebuild=["static"])
    assert [row[3] for row in members("static")] == [4, 4, None]


def test_going_back_to_before_a_rebuild_forgets_it(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, static(), rebuild=["static"])
    then = members("static")
    orders(shop, ann=0, cid=1)
    build(5, static(), rebuild=["static"])
    build(3, static())
    assert members("static") == then
    assert described(shop, "rebuilt_on") == [(FIRST,)]


def test_whom_the_rules_had_is_known_beneath_a_name_by_hand(
    build: Build, members: Callable[..., Rows]
):
    build(0, static(manual_members=["ann"]), rebuild=["static"])
    build(1, static())
    assert members("static") == [
        ("ann", "manual", 0, 1),
        ("ann", "rule", 1, None),
        ("bob", "rule", 0, None),
    ]


def test_the_last_rebuild_of_a_day_counts(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, static(), rebuild=["static"])
    orders(shop, ann=0, cid=1)
    build(0, static(), rebuild=["static"])
    build(1, static())
    assert members("static") == [("bob", "rule", 0, None), ("cid", "rule", 0, None)]


def test_only_the_named_are_rebuilt(build: Build, members: Callable[..., Rows]):
    build(0, static("a"), static("b"), segment(), rebuild=["b", "buyers"])
    assert members("a") == []
    assert [row[0] for row in members("b")] == ["ann", "bob"]
    assert [row[0] for row in members()] == ["ann", "bob"]


def test_new_rules_are_told_until_they_are_applied(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, static(), rebuild=["static"])
    build(1, static(rules=LOYAL))
    assert [row[0] for row in members("static")] == ["ann", "bob"]
    assert described(shop, "has_new_rules") == [(True,)]
    build(2, static(rules=LOYAL), rebuild=["static"])
    assert described(shop, "has_new_rules") == [(False,)]
    assert members("static") == [("ann", "rule", 0, None), ("bob", "rule", 0, 2)]


@pytest.mark.parametrize("day", [0, 1])
def test_a_segment_that_stops_updating_itself_keeps_its_members(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows], day: int
):
    build(0, segment())
    orders(shop, ann=0, cid=1)
    for later in (day, 2, 2):
        build(later, segment(auto_update=False))
        assert members() == [("ann", "rule", 0, None), ("bob", "rule", 0, None)]
        assert described(shop, "rebuilt_on, has_new_rules") == [(FIRST, False)]
    build(3, segment())
    assert [row[0] for row in members() if row[3] is None] == ["bob", "cid"]
    # What was kept then is not what is kept now.
    orders(shop, bob=0)
    build(4, segment(auto_update=False))
    assert [row[0] for row in members() if row[3] is None] == ["bob", "cid"]


def test_only_whom_the_rules_had_on_that_day_is_kept(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    shop.execute("insert into customers.dim_people by name select 'dan' as person_id")
    build(0, segment(manual_members=["dan"]))
    orders(shop, cid=1)
    build(3, segment(manual_members=["dan"]))
    # As of the day before Cid bought, and Dan is no longer named by hand.
    build(2, segment(auto_update=False))
    assert members() == [
        ("ann", "rule", 0, None),
        ("bob", "rule", 0, None),
        ("dan", "manual", 0, 2),
    ]
    assert described(shop, "rebuilt_on") == [(FIRST + timedelta(days=2),)]


def test_a_segment_that_was_gone_keeps_nobody(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    build(1)
    build(2, segment(auto_update=False))
    assert [row[3] for row in members()] == [1, 1]
    assert described(shop, "rebuilt_on, removed_on") == [(None, None)]


def test_rules_that_no_run_has_applied_are_not_kept_as_applied(
    shop: duckdb.DuckDBPyConnection, build: Build
):
    build(0, segment(rules=None, manual_members=["cid"]))
    build(1, segment(auto_update=False, manual_members=["cid"]))
    assert described(shop, "members, rebuilt_on, has_new_rules") == [(1, None, False)]


def test_an_id_is_a_persons_before_it_is_a_customers(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    shop.execute(
        "insert into customers.dim_people by name "
        "select 'dan' as person_id, 'cid' as customer_id, 0 as orders"
    )
    build(0, segment("picked", rules=None, manual_members=["cid"]))
    assert [row[0] for row in members("picked")] == ["cid"]


def test_a_segment_of_hand_picked_people_needs_no_rules(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    picked = static("picked", rules=None, manual_members=["cid"])
    build(0, picked, rebuild=["picked"])
    assert members("picked") == [("cid", "manual", 0, None)]
    assert described(shop, "rules, rebuilt_on") == [(None, None)]


@pytest.mark.parametrize("auto_update", [True, False])
def test_without_its_rules_a_segment_has_nobody_by_rule(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows], auto_update: bool
):
    build(0, segment(auto_update=auto_update), rebuild=["buyers"])
    build(1, segment(rules=None, manual_members=["bob"], auto_update=auto_update))
    assert members() == [("ann", "rule", 0, 1), ("bob", "manual", 1, None), ("bob", "rule", 0, 1)]
    assert described(shop, "rebuilt_on") == [(None,)]


def test_a_run_that_fails_half_way_changes_nothing(
    shop: duckdb.DuckDBPyConnection, build: Build, members: Callable[..., Rows]
):
    build(0, segment())
    before = (members(), described(shop, "*"))
    shop.execute("alter table customers.dim_people rename column orders to purchases")
    with pytest.raises(duckdb.BinderException):
        build(1, segment(), static(), rebuild=["static"])
    assert (members(), described(shop, "*")) == before
    assert shop.execute("select count(*) from segments.rebuilds").fetchall() == [(0,)]


def test_names_and_descriptions_are_data(build: Build, members: Callable[..., Rows]):
    name = "O'Neill\"; drop table customers.segments; -- 🐢 {wanted} $1"
    build(0, segment(name, description=name, manual_members=["'; --"]))
    assert [row[0] for row in members(name)] == ["ann", "bob"]


def test_one_person_and_day_are_in_a_segment_once(shop: duckdb.DuckDBPyConnection, build: Build):
    for day, named in enumerate((["cid"], [], ["ann", "cus_2"], ["bob"])):
        orders(shop, ann=day % 2, bob=1 - day % 2)
        build(day, segment(manual_members=named), static(manual_members=named), rebuild=["static"])
        doubles = shop.execute(
            """select segment, person_id from customers.segment_members
            where valid_to is null group by all having count(*) > 1"""
        ).fetchall()
        assert doubles == []
