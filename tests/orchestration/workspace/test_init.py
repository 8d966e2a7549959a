import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from orchestration.ingestion.contract import TABLES
from orchestration.workspace.campaign_overrides import load_campaign_overrides
from orchestration.workspace.channels import load_channels
from orchestration.workspace.definitions import FILES, load_definitions
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.experiments import load_experiments
from orchestration.workspace.init import initialise
from orchestration.workspace.paths import Workspace
from orchestration.workspace.segments import load_segments
from orchestration.workspace.settings import Settings, load_settings
from orchestration.workspace.stages import load_stages


@pytest.fixture
def new(tmp_path: Path) -> Workspace:
    initialise(tmp_path / "shop")
    return Workspace.open(tmp_path / "shop")


def test_the_template_says_exactly_the_default_settings(new: Workspace) -> None:
    assert load_settings(new) == Settings(name="shop")


def test_the_template_shows_every_setting(new: Workspace) -> None:
    shown = YAML(typ="safe", pure=True).load(new.settings_file)
    defaults = Settings().model_dump()
    assert list(shown) == list(defaults)
    sections = [name for name, default in defaults.items() if isinstance(default, dict)]
    assert {name: list(shown[name]) for name in sections} == {
        name: list(defaults[name]) for name in sections
    }


def test_the_definitions_of_the_template_load(new: Workspace) -> None:
    definitions = load_definitions(new, load_settings(new))
    assert [goal.name for goal in definitions.goals] == [
        "purchase",
        "newsletter",
        "deep_scroll",
        "add_to_cart",
        "begin_checkout",
    ]
    assert not definitions.channels
    assert not definitions.campaign_overrides
    assert not definitions.experiments
    assert not definitions.segments
    assert len(definitions.stages) == 23


def _examples_used(path: Path) -> Path:
    """The file with the # of its examples removed; comments have a blank after theirs."""
    lines = path.read_text(encoding="utf-8").splitlines()
    examples = [line[1:] for line in lines if line.startswith("#") and line[1:2] != " "]
    if path.suffix == ".yaml":
        examples = [line[1:] for line in lines if line.startswith("#  ")]
    path.write_text("\n".join([*lines, *examples]) + "\n", encoding="utf-8")
    return path


def test_the_commented_examples_load_when_they_are_used(new: Workspace) -> None:
    folder = new.definitions
    assert len(load_channels(_examples_used(folder / "channels.csv"))) == 2
    assert len(load_campaign_overrides(_examples_used(folder / "campaign_overrides.csv"))) == 2
    assert load_stages(_examples_used(folder / "stages.csv"))[0].event_type == "quiz_completed"
    (experiment,) = load_experiments(_examples_used(folder / "experiments.yaml"))
    assert experiment.name == "summer_banner"
    (segment,) = load_segments(_examples_used(folder / "segments.yaml"))
    assert segment.name == "Big spenders at risk"


def test_every_table_of_the_contract_has_a_folder_and_a_line(new: Workspace) -> None:
    page = (new.landing / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert (new.landing / table.source / table.name).is_dir()
        assert f"| `{table.source}/{table.name}/` |" in page
    assert "| `commerce/orders/` | id, created_at |" in page
    assert len(page.splitlines()) < 45


def test_what_was_written_is_returned_and_nothing_twice(tmp_path: Path) -> None:
    root = (tmp_path / "shop").resolve()
    written = initialise(root)
    assert {str(path.relative_to(root)) for path in written} == {
        "adplan.yaml",
        ".gitignore",
        "landing/README.md",
        *(f"definitions/{name}" for name in FILES),
    }
    assert all(path.is_file() for path in written)
    assert initialise(root) == []


def test_existing_files_are_kept(tmp_path: Path) -> None:
    (tmp_path / "adplan.yaml").write_text("name: mine\n", encoding="utf-8")
    written = initialise(tmp_path, name="theirs")
    assert (tmp_path / "adplan.yaml").read_text(encoding="utf-8") == "name: mine\n"
    assert tmp_path.resolve() / "adplan.yaml" not in written
    assert (tmp_path / "definitions" / "goals.yaml").is_file()


@pytest.mark.parametrize("name", ["Käse & Co", 'a "b": {{ c }} # d', "yes", "0123", "\\1 é\n2"])
def test_any_name_survives_the_settings_file(tmp_path: Path, name: str) -> None:
    initialise(tmp_path, name)
    assert load_settings(Workspace.open(tmp_path)).name == name


def test_data_and_run_files_are_left_out_of_version_control(new: Workspace) -> None:
    ignored = (new.root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"warehouse/", ".dagster/", "logs/", "landing/"} <= set(ignored)


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "shop"
    file.touch()
    with pytest.raises(WorkspaceError, match="is a file: give a folder"):
        initialise(file)
    with pytest.raises(WorkspaceError, match="Cannot write"):
        initialise(file / "below")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, orchestration.workspace.definitions, orchestration.workspace.init; "
        "print(sorted({'pandas', 'numpy', 'dagster', 'dbt', 'babel', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
