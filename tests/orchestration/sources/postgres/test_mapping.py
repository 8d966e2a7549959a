from decimal import Decimal

import pytest

from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.postgres.sql import identifier, literal
from orchestration.workspace.errors import SettingsError
from orchestration.workspace.settings import load_settings
from tests.orchestration.sources.postgres.conftest import Shop

NASTY = 'no"; drop table x; --'

ORDERS = """
      - table: commerce.orders
        source_table: crm.sales
        columns: {id: number, created_at: sold, total: "Amount €", status: state,
                  email: 'no"; drop table x; --'}
        cursor: changed
        deleted_at: gone
        where: {"is test": false, country: [de, "o'\\\\x"]}
"""


@pytest.fixture
def sales(shop: Shop) -> Shop:
    shop.run(
        "create schema crm",
        "create type crm.state as enum ('completed', 'open')",
        f"""create table crm.sales (number bigint primary key, sold timestamp, "Amount €" numeric,
            state crm.state, changed timestamptz, gone timestamptz, "is test" boolean,
            country text, payload jsonb, {identifier(NASTY)} text)""",
        f"""insert into crm.sales values
            (1, '2026-02-01 10:00', 12.345678, 'completed', '2026-02-01 10:00+00', null, false,
                'de', '{{"a": 1}}', 'a@b.example'),
            (2, '2026-02-01 11:00', 99999999999.999999, 'open', '2026-02-01 11:00+00', null, false,
                {literal("o'" + chr(92) + "x")}, null, null),
            (3, '2026-02-01 12:00', 3, 'open', '2026-02-01 12:00+00', null, true, 'de', null, null),
            (4, '2026-02-01 12:00', 4, 'open', '2026-02-01 12:00+00', null, false, 'fr', null, null)
        """,
    )
    shop.set_up(f"sources:\n  postgres:\n    tables:{ORDERS}")
    return shop


def test_mapped_columns_land_exactly(sales: Shop) -> None:
    assert sales.fetch() == {"commerce.orders": 2}
    query = "select id, total, status, email, created_at::varchar from t order by id"
    assert sales.loaded("commerce.orders", query) == [
        ("1", Decimal("12.345678"), "completed", "a@b.example", "2026-02-01 10:00:00"),
        ("2", Decimal("99999999999.999999"), "open", None, "2026-02-01 11:00:00"),
    ]


def test_changes_and_deletions_arrive(sales: Shop) -> None:
    sales.fetch()
    sales.run(
        """update crm.sales set "Amount €" = 20, changed = '2026-02-02' where number = 1""",
        "update crm.sales set gone = '2026-02-03 00:00+00' where number = 2",
    )
    assert sales.fetch() == {"commerce.orders": 2}
    query = "select id, total, status, canceled_at::varchar from t order by id"
    assert sales.loaded("commerce.orders", query) == [
        ("1", 20, "completed", None),
        ("2", Decimal("99999999999.999999"), "canceled", "2026-02-03 00:00:00"),
    ]


def test_a_table_without_a_cursor_is_read_whole_and_left_alone_when_the_same(shop: Shop) -> None:
    shop.run(
        "create view consented as select i as id, 'email' as channel from generate_series(1, 3) i"
    )
    shop.set_up(
        "sources: {postgres: {tables: [{table: crm.consents, source_table: consented, "
        "columns: {id: id, channel: channel, recorded_at: id}}]}}"
    )
    assert shop.fetch() == {"crm.consents": 3}
    (file,) = shop.workspace.landing.rglob("*.parquet")
    before = file.stat().st_mtime_ns
    assert shop.fetch() == {"crm.consents": 3}
    assert file.stat().st_mtime_ns == before


def test_another_mapping_reads_everything_again(sales: Shop) -> None:
    sales.fetch()
    sales.set_up(
        "sources:\n  postgres:\n    tables:" + ORDERS.replace("status: state", "promo_code: state")
    )
    assert sales.fetch() == {"commerce.orders": 2}
    query = "select promo_code from t order by id"
    assert sales.loaded("commerce.orders", query) == [("completed",), ("open",)]
    assert len(sales.files("commerce.orders")) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("crm.sales", "crm.sale"), "no table sale in its schema crm"),
        (("sold,", "solt,"), "no column solt that may be read; closest: sold"),
        (("cursor: changed", "cursor: state"), "have to be moments"),
    ],
)
def test_what_is_not_there_is_named(sales: Shop, change: tuple[str, str], words: str) -> None:
    sales.set_up(f"sources:\n  postgres:\n    tables:{ORDERS.replace(*change)}")
    with pytest.raises(SourceRefusedError, match=words):
        sales.fetch()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("total:", "totl:"), "columns of commerce.orders: id, customer_id"),
        (("id: number,", ""), "the column of the database that id is"),
        (("cursor: changed", ""), "a cursor beside it"),
        (("table: commerce.orders", "table: commerce.order"), "closest first: commerce.orders"),
        (("tables:", "url: postgresql://a:b@c/d\n    tables:"), "unknown key"),
    ],
)
def test_wrong_settings_name_what_is_accepted(
    sales: Shop, change: tuple[str, str], words: str
) -> None:
    sales.set_up(f"sources:\n  postgres:\n    tables:{ORDERS}".replace(*change))
    with pytest.raises(SettingsError, match=words):
        load_settings(sales.workspace)
