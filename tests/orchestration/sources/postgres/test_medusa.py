from datetime import date
from decimal import Decimal

import pytest

from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.postgres import fetching
from tests.orchestration.sources.postgres.conftest import MakeOrder, Shop

TOTALS = "select id, total, status from t order by id"


def _extra(name: str) -> str:
    return f"select json_extract_string(_extra, '$.{name}') from t order by id"


@pytest.mark.parametrize(
    "totals",
    [
        '{"current_order_total": 29}',
        '{"current_order_total": "29.00"}',
        '{"current_order_total": {"value": "29", "precision": 20}}',
        '{"raw_current_order_total": {"value": "2.9e1"}, "current_order_total": 28.999999}',
    ],
)
def test_totals_are_read_in_every_form(shop: Shop, order: MakeOrder, totals: str) -> None:
    order("a", totals)
    shop.fetch()
    assert shop.loaded("commerce.orders", TOTALS) == [("a", Decimal(29), "completed")]
    assert shop.loaded("commerce.orders", _extra("total_mismatch")) == [(None,)]
    query = "select subtotal, discount_total, shipping_total, tax_total from t"
    assert shop.loaded("commerce.orders", query) == [(20, 0, 5, 4)]


def test_a_total_that_is_no_number_is_quarantined_not_hidden(shop: Shop, order: MakeOrder) -> None:
    order("a", '{"current_order_total": "n/a"}')
    order("b", "{}")
    shop.fetch()
    assert shop.loaded("commerce.orders", TOTALS) == [("b", None, "completed")]


def test_a_total_unlike_its_items_stays_and_is_told(shop: Shop, order: MakeOrder) -> None:
    order("a", '{"current_order_total": 31.5}')
    shop.fetch()
    assert shop.loaded("commerce.orders", TOTALS) == [("a", Decimal("31.5"), "completed")]
    assert shop.loaded("commerce.orders", _extra("total_mismatch")) == [("2.500000",)]
    odd = "commerce.orders: 1 with totals that are not what their parts add up to"
    assert odd in shop.told


@pytest.mark.parametrize("total", [29, 17])
def test_what_came_back_is_a_refund_and_not_a_smaller_order(
    shop: Shop, order: MakeOrder, total: int
) -> None:
    """One of two shirts came back: 10.00 and its tax. Some versions take it off, some do not."""
    order("a", f'{{"current_order_total": {total}}}')
    shop.run(
        "update order_item set return_received_quantity = 1",
        """insert into order_transaction (id, order_id, amount, raw_amount, currency_code,
            reference, created_at) values
            ('paid', 'a', 29, '{}', 'eur', 'capture', '2026-02-01'),
            ('back', 'a', -12, '{}', 'eur', 'refund', '2026-02-03')""",
    )
    shop.fetch()
    assert shop.loaded("commerce.orders", TOTALS) == [("a", 29, "completed")]
    assert shop.loaded("commerce.orders", _extra("total_mismatch")) == [(None,)]
    query = "select id, order_id, customer_id, amount, currency_code from t"
    assert shop.loaded("commerce.refunds", query) == [("back", "a", "cus", 12, "EUR")]


def test_the_next_version_s_items_replace_those_before(shop: Shop, order: MakeOrder) -> None:
    """An edit takes the shirt out and puts trousers in; only the items tell when."""
    order("a")
    shop.fetch()
    shop.run(
        """insert into order_line_item (id, title, unit_price)
            values ('line_new', 'Trousers', 30)""",
        """insert into order_item (id, order_id, version, item_id, quantity, raw_quantity)
            values ('item_new', 'a', 2, 'line_new', 1, '{}')""",
        """update "order" set version = 2""",
        """insert into order_summary (id, order_id, version, totals)
            values ('sum_new', 'a', 2, '{"current_order_total": 36}')""",
    )
    shop.fetch()
    query = "select id, quantity, unit_price from t order by id"
    assert shop.loaded("commerce.order_items", query) == [("line_a", 0, 10), ("line_new", 1, 30)]
    assert shop.loaded("commerce.orders", TOTALS) == [("a", 36, "completed")]


def test_deleted_rows_stop_counting(shop: Shop, order: MakeOrder) -> None:
    order("a")
    shop.run(
        """insert into customer (id, email, first_name, created_at, updated_at)
            values ('cus', 'a@b.example', 'Ann', '2026-01-01', '2026-01-01')""",
        """insert into order_transaction (id, order_id, amount, raw_amount, currency_code,
            created_at, updated_at)
            values ('back', 'a', -12, '{}', 'eur', '2026-02-03', '2026-02-03')""",
    )
    shop.fetch()
    for table in ('"order"', "customer", "order_transaction"):
        shop.run(f"update {table} set deleted_at = '2026-02-20 10:00+00'")
    shop.fetch()
    query = "select status, canceled_at::varchar from t"
    assert shop.loaded("commerce.orders", query) == [("canceled", "2026-02-20 10:00:00")]
    assert shop.loaded("commerce.order_items", "select quantity from t") == [(0,)]
    assert shop.loaded("commerce.refunds", "select amount from t") == [(0,)]
    assert shop.loaded("commerce.customers", "select email, first_name from t") == [(None, None)]


def test_rows_gone_from_the_database_go_with_a_full_fetch(shop: Shop, order: MakeOrder) -> None:
    order("a")
    order("b", at="2026-02-02")
    shop.fetch()
    shop.run("""delete from "order" where id = 'a'""")
    shop.fetch()
    assert len(shop.loaded("commerce.orders", TOTALS)) == 2
    shop.fetch(everything=True)
    assert [row[0] for row in shop.loaded("commerce.orders", TOTALS)] == ["b"]
    assert shop.files("commerce.orders") == ["orders.all.00000.parquet"]


def test_a_row_that_ended_late_is_within_the_overlap(shop: Shop, order: MakeOrder) -> None:
    order("a", at="2026-02-01 10:00+00")
    shop.fetch()
    order("late", at="2026-02-01 09:30+00")
    order("later", at="2026-02-01 08:59+00")
    shop.fetch()
    assert [row[0] for row in shop.loaded("commerce.orders", TOTALS)] == ["a", "late"]


def test_a_kill_between_files_and_state_loses_and_doubles_nothing(
    shop: Shop, order: MakeOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    order("a")
    shop.fetch()
    order("b", at="2026-02-02")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fetching, "write_state", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.fetch()
    shop.fetch()
    assert [row[0] for row in shop.loaded("commerce.orders", TOTALS)] == ["a", "b"]
    order("c", at="2026-02-03")
    shop.fetch()
    shop.fetch()
    names = [name.split(".")[1] for name in shop.files("commerce.orders")]
    assert names == [
        "all",
        "since-20260201T000000000000Z",
        "since-20260202T000000000000Z",
        "since-20260203T000000000000Z",
    ]
    assert [row[0] for row in shop.loaded("commerce.orders", TOTALS)] == ["a", "b", "c"]


def test_a_clock_ahead_does_not_move_the_cursor_ahead(shop: Shop, order: MakeOrder) -> None:
    order("a", at="2999-01-01")
    shop.fetch()
    order("b", at="now")
    shop.fetch()
    assert any("b" in row for row in shop.loaded("commerce.orders", TOTALS))


def test_days_are_those_of_the_workspace(shop: Shop, order: MakeOrder) -> None:
    order("before", at="2026-02-01 04:59+00")
    order("first", at="2026-02-01 05:00+00")
    order("last", at="2026-02-02 04:59+00")
    order("after", at="2026-02-02 05:00+00")
    day = date(2026, 2, 1)
    shop.fetch(first=day, last=day, timezone="America/New_York")
    assert [row[0] for row in shop.loaded("commerce.orders", TOTALS)] == ["first", "last"]
    shop.fetch()
    assert len(shop.loaded("commerce.orders", TOTALS)) == 4


def test_a_medusa_without_optional_tables_and_columns_is_read(shop: Shop, order: MakeOrder) -> None:
    order("a")
    shop.run(
        "drop table order_credit_line, order_shipping, order_address, customer_address, return",
        "drop table order_line_item_tax_line",
        "alter table order_item drop column unit_price, drop column raw_unit_price",
    )
    shop.fetch()
    assert shop.loaded("commerce.orders", TOTALS) == [("a", 29, "completed")]
    # What the total is made of is not all there, so nobody can say that it is wrong.
    assert shop.loaded("commerce.orders", _extra("total_mismatch")) == [(None,)]


def test_a_probe_shows_the_newest_rows_and_lays_nothing(shop: Shop, order: MakeOrder) -> None:
    order("a")
    order("b", at="2026-02-05 10:00+00")
    probes = {probe.table: probe for probe in shop.connector.probe(shop.given())}
    assert str(probes["commerce.orders"].newest_at) == "2026-02-05 10:00:00"
    assert [row["id"] for row in probes["commerce.orders"].rows] == ["b"]
    assert probes["commerce.refunds"].rows == ()
    assert not shop.workspace.landing.exists()


def test_a_database_of_something_else_is_refused(shop: Shop) -> None:
    shop.run("drop table order_summary")
    with pytest.raises(SourceRefusedError, match="no table order_summary in its schema public"):
        shop.fetch()
