"""Settings of exported files: described, off by default, on with a key."""

import pytest
from pydantic import BaseModel

from orchestration.sources.registry import KINDS, connectors
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings
from orchestration.workspace.source_settings.event_files import EventFilesSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from orchestration.workspace.source_settings.shopify_orders import ShopifyOrdersSettings

EXPORTS = ("ga4_export", "event_files", "shopify_orders")


@pytest.mark.parametrize("model", [EventFilesSettings, Ga4ExportSettings, ShopifyOrdersSettings])
def test_every_setting_is_described(model: type[BaseModel]) -> None:
    assert all(field.description for field in model.model_fields.values())


def test_sources_are_off_until_they_are_set_up(workspace: Workspace) -> None:
    workspace.settings_file.write_text("sources: {ga4_export: null}\n")
    assert connectors(load_settings(workspace)) == []
    workspace.settings_file.write_text(
        "sources:\n  ga4_export: {}\n  shopify_orders: {required: false}\n"
        "  event_files: [{path: a, style: segment, required: false}]\n"
    )
    made = {connector.name: connector for connector in connectors(load_settings(workspace))}
    assert tuple(name for name in made if name in EXPORTS) == EXPORTS
    assert {name: made[name].is_required for name in EXPORTS} == {
        "ga4_export": True,
        "event_files": False,
        "shopify_orders": False,
    }
    assert all(set(made[name].tables) <= set(KINDS[name].tables) for name in EXPORTS)
