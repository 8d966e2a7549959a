"""A real PostgreSQL on loopback with a Medusa-like shop of 200,000 orders, for all tests here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.sources.server import Server, binaries, server
from orchestration.ingestion.contract import table_named
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadRun, prepare
from orchestration.sources.connector import Connector, Fetch
from orchestration.sources.registry import connectors
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings

ORDERS = 200_000


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if binaries() is None:
        pytest.skip("no PostgreSQL server here (initdb, pg_ctl): apt-get install postgresql")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def large_shop(postgres: Server) -> str:
    postgres.make_shop("large", ORDERS)
    return "large"


@pytest.fixture
def shop(postgres: Server, tmp_path: Path) -> "Shop":
    """An empty Medusa shop that a test fills."""
    postgres.empty_shop("small")
    return Shop(postgres, "small", tmp_path)


class Shop:
    """A database, a workspace that reads it, and what is loaded of it."""

    def __init__(self, postgres: Server, database: str, root: Path, settings: str = "") -> None:
        self.postgres, self.database = postgres, database
        self.workspace = Workspace(root)
        self.told: list[str] = []
        self.set_up(settings or "{sources: {medusa: {}}}")

    def set_up(self, settings: str) -> None:
        self.workspace.settings_file.write_text(settings, encoding="utf-8")

    @property
    def connector(self) -> Connector:
        (found,) = connectors(load_settings(self.workspace))
        return found

    def run(self, *statements: str) -> str:
        return self.postgres.run(*statements, database=self.database)

    def given(self, **changes: object) -> Fetch:
        url = self.postgres.url(self.database)
        usual = Fetch(
            workspace=self.workspace,
            today=date(2026, 3, 1),
            timezone="UTC",
            started_at=datetime(2026, 3, 1, 12),
            environment={"MEDUSA_DATABASE_URL": url, "POSTGRES_DATABASE_URL": url},
            report=self.told.append,
            warn=lambda table, rows, what: self.told.append(f"{table}: {rows} with {what}"),
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    def fetch(self, **changes: object) -> dict[str, int]:
        return dict(self.connector.fetch(self.given(**changes)))

    def files(self, table: str) -> list[str]:
        folder = self.workspace.landing / table.replace(".", "/")
        return sorted(path.name for path in folder.rglob("*") if path.is_file())

    def loaded(self, table: str, query: str) -> list[tuple[Any, ...]]:
        """Load a landing folder as a refresh does, and query it as `t`."""
        run = LoadRun("run", datetime(2026, 3, 1, 12), datetime(2027, 1, 1), "salt")
        contract = table_named(table)
        with duckdb.connect() as connection:
            prepare(connection, run)
            folder = self.workspace.landing / table.replace(".", "/")
            load_table(connection, contract, folder, run)
            connection.execute(f"create view t as from {contract.relation}")
            return connection.execute(query).fetchall()


MakeOrder = Callable[..., None]


@pytest.fixture
def order(shop: Shop) -> MakeOrder:
    """Put an order of one line into the shop: 2 x 10.00, 20 % tax, 5.00 delivery: 29.00."""

    def make(
        name: str, totals: str = '{"current_order_total": 29}', at: str = "2026-02-01"
    ) -> None:
        moments = f"'{at}', '{at}'"
        shop.run(
            f"""insert into "order" (id, customer_id, email, status, currency_code, created_at,
                updated_at)
                values ('{name}', 'cus', 'a@b.example', 'completed', 'eur', {moments})""",
            f"""insert into order_line_item (id, title, unit_price, created_at, updated_at)
                values ('line_{name}', 'Shirt', 10, {moments})""",
            f"""insert into order_item (id, order_id, version, item_id, quantity, raw_quantity,
                created_at, updated_at)
                values ('item_{name}', '{name}', 1, 'line_{name}', 2, '{{}}', {moments})""",
            f"""insert into order_line_item_tax_line (id, item_id, rate)
                values ('tax_{name}', 'line_{name}', 20)""",
            f"""insert into order_shipping_method (id, amount) values ('method_{name}', 5)""",
            f"""insert into order_shipping (id, order_id, version, shipping_method_id)
                values ('delivery_{name}', '{name}', 1, 'method_{name}')""",
            f"""insert into order_summary (id, order_id, version, totals, created_at, updated_at)
                values ('sum_{name}', '{name}', 1, '{totals}', {moments})""",
        )

    return make
