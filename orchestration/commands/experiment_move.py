"""`adplan experiment start`, `pause`, `stop` and `delete`: what a person does with one, now."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration.commands.experiment_file import ExperimentFile, read_time, tell
from orchestration.runs.opening import now
from orchestration.workspace.errors import show
from orchestration.workspace.experiment_edits import (
    change_experiment,
    find_experiment,
    remove_experiment,
)
from orchestration.workspace.experiment_moves import (
    Changes,
    paused,
    refuse_impossible,
    started,
    stopped,
)
from orchestration.workspace.experiments import Experiment

Move = Callable[[Experiment, date | None, datetime], Changes]


def start(directory: Path, name: str, at: str, *, as_json: bool) -> None:
    """Start a draft, or resume a paused experiment."""
    _move(directory, name, at, started, as_json=as_json)


def pause(directory: Path, name: str, at: str, *, as_json: bool) -> None:
    """Pause a running experiment."""
    _move(directory, name, at, paused, as_json=as_json)


def stop(directory: Path, name: str, at: str, *, as_json: bool) -> None:
    """Complete a running or paused experiment."""
    _move(directory, name, at, stopped, as_json=as_json)


def delete(directory: Path, name: str, *, as_json: bool) -> None:
    """Remove a draft."""
    file = ExperimentFile.open(directory)
    experiments, index = find_experiment(file.path, name, file.timezone)
    refuse_impossible("delete", experiments[index])
    edit = remove_experiment(file.path, name, file.timezone)
    said = f"removed the draft {show(edit.experiment.name)} from {file.shown_path}."
    tell(file, edit, said, as_json=as_json)


def _move(directory: Path, name: str, at: str, move: Move, *, as_json: bool) -> None:
    file = ExperimentFile.open(directory)
    moment = read_time("--at", at) if at else None
    experiments, index = find_experiment(file.path, name, file.timezone)
    before = experiments[index]
    changes = move(before, moment, now().astimezone(ZoneInfo(file.timezone)))
    edit = change_experiment(file.path, name, changes, file.timezone)
    said = (
        f"experiment {show(before.name)} is {edit.experiment.status}, "
        f"{_period(file, edit.experiment)}; it was {before.status}. "
        f"The next `adplan refresh -w {directory}` applies it."
    )
    tell(file, edit, said, as_json=as_json)


def _period(file: ExperimentFile, experiment: Experiment) -> str:
    ends = {
        "since": experiment.started_at,
        "paused": experiment.paused_at if experiment.status == "paused" else None,
        "until": experiment.ended_at,
    }
    told = [f"{word} {file.shown_time(moment)}" for word, moment in ends.items() if moment]
    return ", ".join([*told, f"by clocks of {file.timezone}"])
