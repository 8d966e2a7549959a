"""`adplan sources`: what is set up, whether it can be read, and no secret on the way."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.sources.registry import KINDS
from tests.orchestration.sources.shop_api import TOKEN, ShopApi, kind

SECRET = "tok-5f0c3a9e"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Any variable that settings name is a secret.
    settings = f"privacy: {{salt_environment_variable: {TOKEN}}}\n"
    (tmp_path / "adplan.yaml").write_text(settings)
    monkeypatch.setenv(TOKEN, SECRET)
    return tmp_path


def tried(
    workspace: Path, answer: str, monkeypatch: pytest.MonkeyPatch, *more: str
) -> tuple[int, str]:
    shop = ShopApi([answer])
    monkeypatch.setitem(KINDS, shop.name, kind(shop))  # type: ignore[arg-type]
    result = CliRunner().invoke(app, ["sources", "test", "-w", str(workspace), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def test_a_source_that_can_be_read_shows_its_first_rows(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    code, shown = tried(workspace, "up", monkeypatch)
    assert code == 0
    assert shown.splitlines() == [
        "shop_api: can be read",
        "  commerce.orders: newest 2026-01-03 08:00:00",
        '    {"id": "api-1", "total": 40.0}',
    ]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("down", "the shop does not answer"),
        ("refuses", f"the shop refuses: renew {TOKEN}"),
        ("broken", "unexpected KeyError: 'GET https://shop.example/orders?access_token=***'"),
    ],
)
def test_a_source_that_cannot_be_read_says_why_and_tells_no_secret(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, answer: str, why: str
):
    code, shown = tried(workspace, answer, monkeypatch)
    assert code == 1
    assert shown.startswith(f"shop_api: cannot be read: {why}")
    assert SECRET not in shown
    _, told = tried(workspace, answer, monkeypatch, "--json")
    (result,) = json.loads(told)
    assert result["error"].startswith(why)
    assert SECRET not in told


def test_a_workspace_without_sources_says_where_to_begin(workspace: Path):
    result = CliRunner().invoke(app, ["sources", "test", "-w", str(workspace)])
    assert result.exit_code == 0
    assert "docs/connect-your-data.md" in result.stdout


def test_the_list_names_every_kind(workspace: Path):
    result = CliRunner().invoke(app, ["sources", "list", "-w", str(workspace), "--json"])
    assert {row["source"] for row in json.loads(result.stdout)} == set(KINDS)
    assert not any(row["is_set_up"] for row in json.loads(result.stdout))
