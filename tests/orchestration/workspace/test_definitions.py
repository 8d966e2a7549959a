from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.workspace.definitions import load_definitions
from orchestration.workspace.errors import DefinitionsError, WorkspaceError
from orchestration.workspace.goals import DEFAULT_GOALS
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings
from orchestration.workspace.stages import DEFAULT_STAGES

Write = Callable[[str, str], Path]


def test_without_a_folder_everything_has_its_default(tmp_path: Path) -> None:
    definitions = load_definitions(Workspace(tmp_path), Settings())
    assert definitions.goals == DEFAULT_GOALS
    assert definitions.stages == DEFAULT_STAGES
    assert not definitions.channels
    assert not definitions.campaign_overrides
    assert not definitions.experiments
    assert not definitions.segments


def test_the_problems_of_all_files_are_told_at_once(workspace: Workspace, write: Write) -> None:
    write("goals.yaml", "goals: [{name: g, conversion_type: custom, on: order, value: x}]")
    write("channels.csv", "channel,source\nmail,x\n")
    write("stages.csv", "event_type,stage\nx,y\n")
    write("campaign_overrides.csv", "campaign_id\n7\n")
    write("experiments.yaml", "experiments: [{name: e, type: x}]")
    write("segments.yaml", "segments: [{name: s}]")
    with pytest.raises(DefinitionsError) as caught:
        load_definitions(workspace, Settings())
    assert isinstance(caught.value, WorkspaceError)
    assert [problem.file.name for problem in caught.value.problems] == [
        "goals.yaml",
        "channels.csv",
        "campaign_overrides.csv",
        "stages.csv",
        "experiments.yaml",
        "segments.yaml",
    ]


def test_an_experiment_on_an_unknown_goal_is_refused(workspace: Workspace, write: Write) -> None:
    write("experiments.yaml", "experiments: [{name: e, type: budget, goal: purchse}]")
    with pytest.raises(DefinitionsError) as caught:
        load_definitions(workspace, Settings())
    assert "experiment 'e', goal: given 'purchse'; accepted: a goal of goals.yaml: purchase" in str(
        caught.value
    )


def test_a_file_under_a_wrong_name_is_not_silently_left_out(
    workspace: Workspace, write: Write
) -> None:
    write("goal.yml", "goals: []")
    write("notes.txt", "kept")
    with pytest.raises(DefinitionsError) as caught:
        load_definitions(workspace, Settings())
    (problem,) = caught.value.problems
    assert problem.file.name == "goal.yml"
    assert problem.accepted.startswith("the files goals.yaml,")


def test_experiments_begin_in_the_time_zone_of_the_settings(
    workspace: Workspace, write: Write
) -> None:
    write("experiments.yaml", "experiments: [{name: e, type: budget, started_at: 2026-07-01}]")
    definitions = load_definitions(workspace, Settings(timezone="Europe/Berlin"))
    assert definitions.experiments[0].started_at == datetime(2026, 6, 30, 22, tzinfo=UTC)
