from pathlib import Path

import pytest

from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.paths import Workspace


def test_names_are_those_of_the_contract() -> None:
    workspace = Workspace(Path("/shop"))
    names = {
        "settings_file": "adplan.yaml",
        "definitions": "definitions",
        "landing": "landing",
        "warehouse": "warehouse",
        "build_database": "warehouse/build.duckdb",
        "published_database": "warehouse/adplan.duckdb",
        "quarantine": "warehouse/quarantine",
        "dagster_home": ".dagster",
        "logs": "logs",
        "truth": "truth",
        "lock_file": "warehouse/.lock",
        "run_log": "logs/runs.jsonl",
    }
    assert {name: getattr(workspace, name) for name in names} == {
        name: Path("/shop") / path for name, path in names.items()
    }


def test_a_folder_with_only_landing_opens(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    assert Workspace.open(tmp_path).root == tmp_path.resolve()


def test_a_folder_with_only_settings_opens_from_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "adplan.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert Workspace.open(".").root == tmp_path.resolve()


def test_a_missing_folder_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"does not exist: run `adplan init .*nowhere`"):
        Workspace.open(tmp_path / "nowhere")


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"neither adplan.yaml nor landing/: run `adplan init"):
        Workspace.open(tmp_path)


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "shop"
    file.touch()
    with pytest.raises(WorkspaceError, match="is a file"):
        Workspace.open(file)
