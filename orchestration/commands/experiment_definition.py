"""`adplan experiment create` and `edit`: what a draft says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from orchestration.commands.console import UsageError
from orchestration.commands.experiment_file import ExperimentFile, read_time, tell
from orchestration.commands.experiment_variants import GivenVariants
from orchestration.workspace.errors import closest_first, show
from orchestration.workspace.experiment_edits import (
    add_experiment,
    change_experiment,
    find_experiment,
)
from orchestration.workspace.experiment_moves import refuse_impossible
from orchestration.workspace.experiment_values import yaml_text
from orchestration.workspace.experiments import Experiment, Variant
from orchestration.workspace.goals import load_goals

# Without one of these there is nothing to start; the others are what commands set.
_UNSETTABLE = (
    "description",
    "primary_metric",
    "guardrail_metrics",
    "goal",
    "unit",
    "variants",
    "dimensions",
    "confidence_level",
    "target_sample_size",
    "minimum_effect",
    "conversion_window_days",
    "started_at",
    "ended_at",
)


@dataclass(frozen=True)
class Given:
    """Keys of a definition as they were given on the command line; None where they were not."""

    name: str | None = None
    description: str | None = None
    type: str | None = None
    primary_metric: str | None = None
    guardrail_metrics: Sequence[str] | None = None
    goal: str | None = None
    unit: str | None = None
    dimensions: Sequence[str] | None = None
    confidence_level: float | None = None
    target_sample_size: int | None = None
    minimum_effect: float | None = None
    conversion_window_days: int | None = None
    ended_at: str | None = None
    variants: GivenVariants = field(default_factory=GivenVariants)
    unset: Sequence[str] | None = None

    def values(self, before: Sequence[Variant] = ()) -> dict[str, object]:
        """Return the keys that were given, as a definition has them.

        Args:
            before: The variants the experiment has.

        Raises:
            UsageError: If an option cannot be read.
        """
        given = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "unset"}
        given["variants"] = self.variants.over(before)
        if self.ended_at is not None:
            given["ended_at"] = read_time("--ends", self.ended_at)
        # Typer gives an empty list for an option that was not given.
        values = {key: value for key, value in given.items() if value not in (None, [], ())}
        return values | dict.fromkeys(map(_unsettable, self.unset or ()))


def create(directory: Path, name: str, given: Given, *, as_json: bool) -> None:
    """Append a draft."""
    file = ExperimentFile.open(directory)
    values = given.values()
    _refuse_unknown_goal(file, given.goal)
    values |= {"name": name.strip(), "status": "draft"}
    # In the order in which a person would write them.
    definition = {key: values[key] for key in Experiment.model_fields if key in values}
    edit = add_experiment(file.path, definition, file.timezone)
    said = (
        f"created experiment {show(edit.experiment.name)} as a draft in {file.shown_path}; "
        f"`adplan experiment start` starts it."
    )
    tell(file, edit, said, as_json=as_json)


def edit(directory: Path, name: str, given: Given, *, as_json: bool) -> None:
    """Change a draft."""
    file = ExperimentFile.open(directory)
    experiments, index = find_experiment(file.path, name, file.timezone)
    refuse_impossible("edit", experiments[index])
    changes = given.values(experiments[index].variants)
    if not changes:
        raise UsageError("nothing to change: accepted is an option such as --variant or --unset")
    _refuse_unknown_goal(file, given.goal)
    done = change_experiment(file.path, name, changes, file.timezone)
    title = f"experiment {show(experiments[index].name)}"
    if done.change == "unchanged":
        said = f"nothing to write: {file.shown_path} has {title} so already."
    else:
        what = ", ".join(_told(key, value) for key, value in changes.items())
        said = f"changed {title} in {file.shown_path}: {what}."
    tell(file, done, said, as_json=as_json)


def _told(key: str, value: object) -> str:
    return f"no {key}" if value is None else f"{key} {yaml_text(value)}"


def _unsettable(key: str) -> str:
    if key not in _UNSETTABLE:
        accepted = ", ".join(closest_first(key, _UNSETTABLE))
        raise UsageError(f"--unset: given {show(key)}; accepted, closest first: {accepted}")
    return key


def _refuse_unknown_goal(file: ExperimentFile, goal: str | None) -> None:
    """A goal that is not defined would stop the next refresh."""
    if goal is None:
        return
    names = [one.name for one in load_goals(file.workspace.definitions / "goals.yaml")]
    if goal not in names:
        accepted = ", ".join(map(show, closest_first(goal, names)))
        raise UsageError(
            f"--goal: given {show(goal)}; accepted are those of goals.yaml: {accepted}"
        )
