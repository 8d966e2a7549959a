"""Settings of the connector: what is accepted, and what is told about the rest."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from orchestration.sources.registry import KINDS, connectors
from orchestration.workspace.errors import SettingsError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings
from orchestration.workspace.source_settings.meta_api import MetaApiSettings, MetaFields


def _load(folder: Path, text: str) -> Settings:
    workspace = Workspace(folder)
    workspace.settings_file.write_text(f"sources: {{meta_api: {text}}}", encoding="utf-8")
    return load_settings(workspace)


def test_accounts_are_numbers_with_or_without_their_prefix(tmp_path: Path):
    settings = _load(tmp_path, "{accounts: [act_12, 34, '12'], breakdowns: [country, country]}")
    assert settings.sources.meta_api is not None
    assert settings.sources.meta_api.accounts == ("12", "34")
    assert settings.sources.meta_api.breakdowns == ("country",)
    (connector,) = connectors(settings)
    assert connector.name == "meta_api"
    assert set(connector.tables) <= set(KINDS["meta_api"].tables)
    assert "meta_ads.insights_country" in connector.tables
    assert "meta_ads.leads" not in connector.tables


def test_without_it_there_is_no_connector():
    assert connectors(Settings()) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{accounts: []}", ["sources.meta_api.accounts"]),
        ("{}", ["sources.meta_api.accounts: missing key", "[act_123456789]"]),
        ("{accounts: [my shop]}", ["accounts[1]: given 'my shop'", "act_123456789"]),
        ("{accounts: [1], api_version: 25}", ["given 25", "v25.0"]),
        ("{accounts: [1], breakdowns: [region]}", ["given 'region'", "'age_gender', 'platform'"]),
        ("{accounts: [1], token: EAAB}", ["token: unknown key", "token_variable"]),
        ("{accounts: [1], token_variable: EAAB|x}", ["not its value"]),
        ("{accounts: [1], reread_days: 0}", ["given 0", "at least 1"]),
        ("{accounts: [1], page_size: 10000}", ["given 10000", "at most 5000"]),
        ("{accounts: [1], first_day: soon}", ["first_day: given 'soon'"]),
        ("{accounts: [1], base_url: 'http://graph.facebook.com'}", ["an https:// address"]),
        ("{accounts: [1], base_url: 'https://x/?access_token=1'}", ["an https:// address"]),
        ("{accounts: [1], fields: {insights: ['spend,ctr']}}", ["insights[1]", "the name of a fi"]),
        ("{accounts: [1], fields: {insight: [spend]}}", ["unknown key", "insights"]),
        ("{accounts: [1], ad_statuses: [active]}", ["given 'active'", "such as ACTIVE"]),
    ],
)
def test_a_wrong_value_is_told_with_what_is_accepted(tmp_path: Path, text: str, parts: list[str]):
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path, text)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize("model", [MetaApiSettings, MetaFields])
def test_every_setting_is_described(model: type[BaseModel]):
    assert [name for name, field in model.model_fields.items() if not field.description] == []
