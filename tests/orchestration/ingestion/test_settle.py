"""Duplicates, lateness, hashes and accounting."""

import hashlib

import pytest

from tests.orchestration.ingestion.landing import Landing, LandingOf


def _order(number: object, total: object, updated_at: object = "") -> str:
    return f"{number},2026-01-01,{total},{updated_at}\n"


HEADER = "id,created_at,total,updated_at\n"
NEW, OLD = "2026-02-02T00:00:00Z", "2026-02-01T23:59:59Z"


def _totals(landing: Landing) -> list[object]:
    return [int(str(total)) for (total,) in landing.rows("cast(total as integer)")]


@pytest.mark.parametrize(
    "rows", [[(1, NEW), (2, OLD)], [(2, OLD), (1, NEW)], [(2, ""), (1, NEW)], [(1, NEW), (2, "")]]
)
def test_the_newest_row_of_a_key_wins_wherever_it_stands(
    orders: Landing, rows: list[tuple[object, ...]]
):
    orders.put("a.csv", HEADER + "".join(_order(7, *row) for row in rows))
    counts = orders.load()
    assert (counts.rows_accepted, counts.rows_duplicate) == (1, 1)
    assert _totals(orders) == [1]


@pytest.mark.parametrize(
    "rows", [[(1, NEW), (2, OLD)], [(2, OLD), (1, NEW)], [(2, OLD), (1, OLD)], [(2, ""), (1, "")]]
)
@pytest.mark.parametrize("is_in_one_load", [True, False])
def test_the_newest_row_of_a_key_wins_across_files_and_loads(
    orders: Landing, rows: list[tuple[object, ...]], is_in_one_load: bool
):
    for name, row in zip("ab", rows, strict=True):
        orders.put(f"{name}.csv", HEADER + _order(7, *row) + _order(f"only_{name}", 5))
        if not is_in_one_load:
            orders.load()
    orders.load()
    assert _totals(orders) == [1, 5, 5]


def test_an_older_row_that_arrives_later_is_the_duplicate(orders: Landing):
    orders.put("a.csv", HEADER + _order(7, 1, NEW))
    orders.load()
    orders.put("b.csv", HEADER + _order(7, 2, OLD))
    counts = orders.load()
    assert (counts.rows_read, counts.rows_accepted, counts.rows_duplicate) == (1, 0, 1)
    assert _totals(orders) == [1]


def test_without_a_clock_the_last_row_of_the_newest_file_wins(landing_of: LandingOf):
    items = landing_of("commerce.order_items")
    items.put("z.csv", "id,category\n1,first\n1,second\n2,only\n", age=100)
    items.put("a.csv", "id,category\n1,third\n1,fourth\n", age=200)
    counts = items.load()
    assert items.rows("id, category") == [("1", "fourth"), ("2", "only")]
    assert (counts.rows_accepted, counts.rows_duplicate) == (2, 3)
    items.put("0.csv", "id,category\n1,fifth\n", age=300)
    items.load()
    assert items.rows("id, category") == [("1", "fifth"), ("2", "only")]


def test_a_re_exported_day_of_insights_replaces_it(landing_of: LandingOf):
    insights = landing_of("meta_ads.insights")
    row = '{{"ad_id": 1, "date_start": "2026-01-0{}", "spend": "{}"}}\n'
    insights.put("a.jsonl", row.format(1, 5) + row.format(2, 6))
    insights.load()
    insights.put("b.jsonl", row.format(2, 7))
    insights.load()
    assert insights.rows("day(date_start), cast(spend as integer)") == [(1, 5), (2, 7)]


def test_a_unit_in_two_variants_stays_visible(landing_of: LandingOf):
    exposures = landing_of("experiments.exposures")
    exposures.put(
        "a.csv",
        "experiment,unit_id,variant,exposed_at\nx,1,a,2026-01-01\nx,1,b,2026-01-01\nx,1,b,2026-01-01\n",
    )
    counts = exposures.load()
    assert (counts.rows_accepted, counts.rows_duplicate) == (2, 1)


def test_keys_are_compared_by_value_and_never_by_likeness(landing_of: LandingOf):
    costs = landing_of("marketing.costs")
    costs.put(
        "a.csv", "date,source,campaign_name\n2026-01-01,a,bc\n2026-01-01,ab,c\n2026-01-01,AB,c\n"
    )
    assert costs.load().rows_accepted == 3


def _event(number: int, moment: str) -> str:
    return f'{{"event_id": "{number}", "timestamp": "{moment}"}}\n'


@pytest.mark.parametrize("is_in_one_load", [True, False])
def test_rows_more_than_a_day_behind_earlier_files_are_late(events: Landing, is_in_one_load: bool):
    contents = [
        _event(1, "2026-01-01T00:00:00Z") + _event(2, "2026-01-05T12:00:00Z"),
        _event(3, "2026-01-04T12:00:00Z") + _event(4, "2026-01-04T11:59:59Z"),
        _event(5, "2026-01-20T00:00:00Z") + _event(6, "2026-01-06T00:00:00Z"),
        _event(7, "2027-01-01T00:00:00Z") + _event(8, "2026-01-18T00:00:00Z"),
    ]
    for number, content in enumerate(contents):
        events.put(f"{number}.jsonl", content)
        if not is_in_one_load:
            events.load()
    events.load()
    late = [number for number, is_late in events.rows("event_id, is_late") if is_late]
    assert late == ["4", "8"]
    assert events.query("select sum(rows_late) from health.load_log") == [(2,)]


def test_only_facts_with_a_moment_can_be_late(landing_of: LandingOf):
    for name, column in (("commerce.customers", "created_at"), ("marketing.costs", "date")):
        landing = landing_of(name)
        for number, day in enumerate(("2026-05-01", "2026-01-01")):
            cells = {**dict.fromkeys(landing.table.key, number), column: day}
            text = ",".join(cells) + "\n" + ",".join(map(str, cells.values())) + "\n"
            landing.put(f"{number}.csv", text)
        assert landing.load().rows_late == 0
        assert len(landing.rows()) == 2


def test_contacts_are_hashed_with_the_salt(landing_of: LandingOf):
    customers = landing_of("commerce.customers")
    customers.put("a.csv", "id,email,phone\n1, Ann@Example.com ,+49 30 1\n2,,\n")
    customers.load()
    digests = [
        hashlib.sha256(f"salt{value}".encode()).hexdigest()
        for value in ("ann@example.com", "+49301")
    ]
    assert customers.rows("email_hash, phone_hash") == [tuple(digests), (None, None)]


def test_the_load_log_has_a_line_for_every_load(orders: Landing):
    orders.put("a.csv", HEADER + _order(1, 1) + _order(1, 2) + _order(2, "x"))
    orders.load()
    orders.load()
    columns = "* exclude (loaded_at)"
    assert orders.query(f"select {columns} from health.load_log order by run_id") == [
        ("run_0", "commerce.orders", 3, 1, 1, 1, 0),
        ("run_1", "commerce.orders", 0, 0, 0, 0, 0),
    ]
