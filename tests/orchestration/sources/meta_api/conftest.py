"""A server that behaves like the Graph API, a workspace, and a connector between them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from orchestration.sources.connector import Fetch
from orchestration.sources.landed_files import folder, read_state
from orchestration.sources.meta_api.account import NAME
from orchestration.sources.meta_api.connector import MetaApi
from orchestration.workspace.paths import Workspace
from orchestration.workspace.source_settings.meta_api import MetaApiSettings
from tests.orchestration.sources.meta_api.graph_server import TOKEN, Account, GraphServer, running

TODAY = date(2026, 5, 31)


def day(back: int) -> str:
    """A day before the last one, as Meta writes it."""
    return str(TODAY - timedelta(days=back))


def insight(ad: str, back: int, spend: str = "1.50", **more: object) -> dict[str, Any]:
    """A row of insights as Meta gives it: numbers are text."""
    return {
        "account_id": "1", "account_currency": "USD", "campaign_id": f"c{ad[1:]}",
        "adset_id": f"s{ad[1:]}", "ad_id": ad, "date_start": day(back), "impressions": "10",
        "clicks": "2", "spend": spend,
        "actions": [{"action_type": "purchase", "value": "1"}], **more,
    }  # fmt: skip


def objects(number: int, status: str = "ACTIVE") -> dict[str, list[dict[str, Any]]]:
    """A campaign with an ad set, an ad and a creative."""
    times = {"created_time": "2026-01-02T10:00:00-0800", "updated_time": "2026-01-03T10:00:00+0000"}
    common = {"effective_status": status, "status": status, "account_id": "1", **times}
    campaign, adset = {"campaign_id": f"c{number}"}, {"adset_id": f"s{number}"}
    return {
        "campaigns": [
            {"id": f"c{number}", "name": f"Campaign {number}", "daily_budget": "2550", **common}
        ],
        "adsets": [
            {"id": f"s{number}", "name": "Set", "targeting": {"age_min": 18}, **campaign, **common}
        ],
        "ads": [
            {"id": f"a{number}", "creative": {"id": f"x{number}"}, **campaign, **adset, **common}
        ],
        "adcreatives": [{"id": f"x{number}", "title": "Käse", "account_id": "1"}],
    }


@dataclass
class Meta:
    """A connector at work: its server, its workspace, what it slept and reported."""

    server: GraphServer
    workspace: Workspace
    settings: dict[str, Any] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=lambda: {"META_ACCESS_TOKEN": TOKEN})

    def connector(self) -> MetaApi:
        given = {"accounts": ["act_1"], "base_url": self.server.url, **self.settings}
        return MetaApi(MetaApiSettings.model_validate(given), self.slept.append)

    def given(self, **more: object) -> Fetch:
        fetch = Fetch(
            workspace=self.workspace,
            today=TODAY,
            timezone="UTC",
            started_at=datetime(2026, 5, 31, 12),
            environment=self.environment,
            report=self.reports.append,
        )
        return replace(fetch, **more)  # type: ignore[arg-type]

    def fetch(self, **more: object) -> dict[str, int]:
        return dict(self.connector().fetch(self.given(**more)))

    def files(self, table: str) -> dict[str, bytes]:
        root = folder(self.workspace, table, NAME)
        found = sorted(root.rglob("*.parquet"))
        return {str(path.relative_to(root))[:-8]: path.read_bytes() for path in found}

    def rows(self, table: str, name: str) -> list[dict[str, Any]]:
        path = folder(self.workspace, table, NAME) / f"{name}.parquet"
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows

    def state(self) -> dict[str, Any]:
        return read_state(self.workspace, NAME)

    def all_files(self) -> list[Path]:
        return [path for path in self.workspace.root.rglob("*") if path.is_file()]

    def ranges(self) -> list[tuple[str, str]]:
        """The days that insights were asked for, in order."""
        asked = [
            call.params["time_range"] for call in self.server.calls if "time_range" in call.params
        ]
        found = [json.loads(one) for one in asked]
        return list(dict.fromkeys((one["since"], one["until"]) for one in found))


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running() as found:
        found.accounts["1"] = Account(
            edges=objects(1),
            insights={"meta_ads.insights": [insight("a1", back) for back in range(5)]},
        )
        yield found


@pytest.fixture
def meta(server: GraphServer, tmp_path: Path) -> Meta:
    workspace = Workspace(tmp_path / "shop")
    workspace.landing.mkdir(parents=True)
    return Meta(server, workspace)
