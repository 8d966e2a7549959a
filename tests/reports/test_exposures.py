"""dbt's exposures say which page reads which mart."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.reports.folders import QUERIES
from tests.reports.pages import page_files, page_name, sources_read, tables_read

EXPOSURES = PROJECT_DIR / "models" / "exposures.yml"


@pytest.fixture(scope="module")
def models() -> dict[str, str]:
    """Published tables that dbt makes, with the models that make them."""
    manifest = json.loads((PROJECT_DIR / "target" / "manifest.json").read_text())
    return {
        f"{node['schema']}.{node['alias']}": node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }


@pytest.fixture(scope="module")
def exposures() -> dict[str, dict[str, object]]:
    declared = YAML(typ="safe").load(EXPOSURES.read_text())["exposures"]
    return {exposure["name"]: exposure for exposure in declared}


def test_every_page_is_an_exposure_and_every_exposure_a_page(
    exposures: dict[str, dict[str, object]],
):
    assert set(exposures) == {page_name(file) for file in page_files()}


@pytest.mark.parametrize("file", page_files(), ids=page_name)
def test_an_exposure_names_what_its_page_reads(
    file: Path, exposures: dict[str, dict[str, object]], models: dict[str, str]
):
    read = {table for source in sources_read(file) for table in tables_read(source)}
    exposure = exposures[page_name(file)]
    assert set(exposure.get("depends_on", [])) == {
        f"ref('{models[table]}')" for table in read if table in models
    }
    # What Python writes is no model of dbt's.
    assert set(exposure["config"]["meta"]["other_tables"]) == read - set(models)


def test_every_source_query_is_read_by_a_page():
    read = {source for file in page_files() for source in sources_read(file)}
    assert read == {file.stem for file in QUERIES.glob("*.sql")}
