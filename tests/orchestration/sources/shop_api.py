"""A connector of a shop that is up, down, refusing or broken, as a test plans it.

It is a connector like any other: it lays files into landing/ and keeps state in the workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pyarrow as pa

from orchestration.sources.connector import Fetch, Probe, SourceError, SourceRefusedError
from orchestration.sources.landed_files import lay, read_state, write_state
from orchestration.sources.registry import Kind

TABLE = "commerce.orders"
TOKEN = "SHOP_API_TOKEN"


@dataclass
class ShopApi:
    """A shop that answers as planned; the last answer is given from then on."""

    plan: list[str]
    is_required: bool = True
    asked: list[Fetch] = field(default_factory=list)
    name: str = "shop_api"
    tables: tuple[str, ...] = (TABLE,)

    def fetch(self, fetch: Fetch) -> Mapping[str, int]:
        self.asked.append(fetch)
        answer = self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]
        self._ask(answer, fetch)
        if answer == "odd":
            fetch.warn(TABLE, 3, f"no total, asked with {fetch.environment[TOKEN]}")
        day = fetch.first or read_state(fetch.workspace, self.name).get("day") or fetch.today
        order = {
            "id": [f"api-{day}"],
            "status": ["completed"],
            "total": ["40.00"],
            "currency_code": ["USD"],
            "created_at": [f"{day}T00:00:00Z"],
        }
        lay(fetch.workspace, TABLE, self.name, str(day), pa.table(order))
        write_state(fetch.workspace, self.name, {"day": str(fetch.today)})
        return {TABLE: 1}

    def probe(self, fetch: Fetch) -> list[Probe]:
        self._ask(self.plan[0], fetch)
        row = {"id": "api-1", "total": Decimal("40.00"), "promo_code": None}
        return [Probe(TABLE, (row,), datetime(2026, 1, 3, 8))]

    def _ask(self, answer: str, fetch: Fetch) -> None:
        try:
            _send(answer, fetch.environment.get(TOKEN, ""))
        except ConnectionError as error:
            raise SourceError("the shop does not answer") from error
        except PermissionError as error:
            raise SourceRefusedError(f"the shop refuses: renew {TOKEN}") from error


def _send(answer: str, token: str) -> None:
    """What a library does: its errors show the request with all that is in it."""
    request = f"GET https://shop.example/orders?access_token={token}"
    if answer == "down":
        raise ConnectionError(request)
    if answer == "refuses":
        raise PermissionError(request)
    if answer == "broken":
        raise KeyError(request)


def kind(connector: ShopApi) -> Kind:
    """What a registry holds of it."""
    return Kind(connector.tables, "A shop.", lambda _: connector)
