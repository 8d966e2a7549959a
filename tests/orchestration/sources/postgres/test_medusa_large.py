from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from benchmarks.sources.server import Server
from tests.orchestration.sources.postgres.conftest import ORDERS, Shop


@pytest.fixture(scope="module")
def fetched(postgres: Server, large_shop: str, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    settings = "{sources: {medusa: {batch_rows: 60000}}}"
    shop = Shop(postgres, large_shop, tmp_path_factory.mktemp("large"), settings)
    assert shop.fetch() == {
        "commerce.customers": 50_000,
        "commerce.orders": ORDERS,
        "commerce.order_items": 300_000,
        "commerce.refunds": 14_000,
    }
    return shop


def _landed(shop: Shop, table: str, query: str) -> tuple[object, ...]:
    files = f"{shop.workspace.landing}/commerce/{table}/medusa/*.parquet"
    found = duckdb.execute(f"select {query} from read_parquet('{files}')").fetchone()
    assert found is not None
    return found


def test_200_000_orders_land_in_files_of_so_many_rows(fetched: Shop) -> None:
    assert fetched.files("commerce.orders") == [
        f"orders.all.{part:05d}.parquet" for part in range(4)
    ]
    assert _landed(fetched, "orders", "count(*), count(distinct id)") == (ORDERS, ORDERS)


def test_totals_are_those_paid_by_the_server_s_own_sum(fetched: Shop) -> None:
    paid = fetched.run("select sum(amount) from order_transaction where amount > 0")
    assert _landed(fetched, "orders", "sum(total::decimal(18, 6))") == (Decimal(paid),)


def test_refunds_are_those_given_by_the_server_s_own_sum(fetched: Shop) -> None:
    given = fetched.run("select -sum(amount) from order_transaction where amount < 0")
    assert _landed(fetched, "refunds", "sum(amount::decimal(18, 6))") == (Decimal(given),)


def test_items_are_those_of_the_current_version(fetched: Shop) -> None:
    goods = fetched.run(
        """select sum(i.quantity * l.unit_price) from order_item i
        join "order" o on o.id = i.order_id and o.version = i.version
        join order_line_item l on l.id = i.item_id"""
    )
    query = "sum((quantity::decimal(9, 3) * unit_price::decimal(18, 6))::decimal(18, 6))"
    assert _landed(fetched, "order_items", query) == (Decimal(goods),)


def test_totals_are_what_they_are_made_of(fetched: Shop) -> None:
    query = """count(total_mismatch), max(abs(total::decimal(18, 6) - (subtotal::decimal(18, 6)
        - discount_total::decimal(18, 6) + shipping_total::decimal(18, 6)
        + tax_total::decimal(18, 6))))"""
    mismatches, largest = _landed(fetched, "orders", query)
    assert mismatches == 0
    assert Decimal(str(largest)) <= Decimal("0.00001")


def test_moments_are_moments_in_utc(fetched: Shop) -> None:
    kinds = _landed(fetched, "orders", "any_value(typeof(created_at)), max(created_at)::varchar")
    assert kinds[0] == "TIMESTAMP WITH TIME ZONE"
    server = fetched.run("""select max(created_at) at time zone 'UTC' from "order\"""")
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        files = f"{fetched.workspace.landing}/commerce/orders/medusa/*.parquet"
        found = connection.execute(f"select max(created_at)::timestamp::varchar from '{files}'")
        assert found.fetchone() == (server,)


def test_a_second_fetch_reads_what_is_new_and_the_overlap(fetched: Shop, tmp_path: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in fetched.workspace.landing.rglob("*.parquet")
    }
    # Orders are a minute apart: those of the last hour, both ends included.
    assert fetched.fetch()["commerce.orders"] == 61
    assert fetched.files("commerce.orders")[-1] == (
        "orders.since-20260301T000000000000Z.00000.parquet"
    )
    assert {path: path.stat().st_mtime_ns for path in before} == before
