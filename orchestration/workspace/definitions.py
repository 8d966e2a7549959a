"""Everything under `definitions/`, loaded together so that all errors are told at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from orchestration.workspace.campaign_overrides import CampaignOverride, load_campaign_overrides
from orchestration.workspace.channels import ChannelRule, load_channels
from orchestration.workspace.errors import DefinitionsError, Problem, closest_first, show
from orchestration.workspace.experiments import Experiment, load_experiments
from orchestration.workspace.goals import Goal, load_goals
from orchestration.workspace.paths import Workspace
from orchestration.workspace.segments import Segment, load_segments
from orchestration.workspace.settings import Settings
from orchestration.workspace.stages import StageRule, load_stages
from orchestration.workspace.yaml_items import item_title

Loaded = TypeVar("Loaded")

FILES = (
    "goals.yaml",
    "channels.csv",
    "campaign_overrides.csv",
    "stages.csv",
    "experiments.yaml",
    "segments.yaml",
)


@dataclass(frozen=True)
class Definitions:
    """What marketers own, validated.

    Attributes:
        goals: Which rows are conversions; purchases when nothing is defined.
        channels: Rules that come before the built-in channel list.
        campaign_overrides: Campaigns assigned by hand.
        stages: Stage of each event type, with the defaults for what the file leaves out.
        experiments: Experiments, with times in UTC.
        segments: Segments and their rules.
    """

    goals: tuple[Goal, ...]
    channels: tuple[ChannelRule, ...]
    campaign_overrides: tuple[CampaignOverride, ...]
    stages: tuple[StageRule, ...]
    experiments: tuple[Experiment, ...]
    segments: tuple[Segment, ...]


def load_definitions(workspace: Workspace, settings: Settings) -> Definitions:
    """Read and validate all definitions of a workspace.

    Args:
        workspace: The workspace; its `definitions/` may be missing, whole or in part.
        settings: Its settings; bare dates are days in their time zone.

    Returns:
        The definitions, with defaults for missing files.

    Raises:
        DefinitionsError: If any file is wrong; it lists the problems of all of them.
    """
    folder = workspace.definitions
    problems = _unknown_files(folder)

    def collect(load: Callable[[Path], tuple[Loaded, ...]], name: str) -> tuple[Loaded, ...]:
        try:
            return load(folder / name)
        except DefinitionsError as error:
            problems.extend(error.problems)
            return ()

    load_dated = partial(load_experiments, timezone=settings.timezone)
    definitions = Definitions(
        goals=collect(load_goals, "goals.yaml"),
        channels=collect(load_channels, "channels.csv"),
        campaign_overrides=collect(load_campaign_overrides, "campaign_overrides.csv"),
        stages=collect(load_stages, "stages.csv"),
        experiments=collect(load_dated, "experiments.yaml"),
        segments=collect(load_segments, "segments.yaml"),
    )
    # Goals that did not load would make every reference to them look wrong.
    if not any(problem.file.name == "goals.yaml" for problem in problems):
        problems += _unknown_goals(folder / "experiments.yaml", definitions)
        problems += _unknown_attributed_goals(workspace, settings, definitions)
    if problems:
        raise DefinitionsError(problems)
    return definitions


def _unknown_files(folder: Path) -> list[Problem]:
    """Definitions under a wrong name, such as goals.yml, which would count for nothing."""
    if not folder.is_dir():
        return []
    return [
        Problem(
            path,
            what="not a definitions file",
            accepted="the files " + ", ".join(closest_first(path.name, FILES)),
        )
        for path in sorted(folder.iterdir())
        if path.suffix in {".yaml", ".yml", ".csv"} and path.name not in FILES
    ]


def _unknown_goals(path: Path, definitions: Definitions) -> list[Problem]:
    """Experiments that convert to a goal there is not."""
    names = [goal.name for goal in definitions.goals]
    return [
        Problem(
            path,
            item=item_title(Experiment, experiment.name),
            key="goal",
            given=show(experiment.goal),
            accepted="a goal of goals.yaml: " + ", ".join(closest_first(experiment.goal, names)),
        )
        for experiment in definitions.experiments
        if experiment.goal is not None and experiment.goal not in names
    ]


def _unknown_attributed_goals(
    workspace: Workspace, settings: Settings, definitions: Definitions
) -> list[Problem]:
    """Goals that the settings say to attribute and that there are not."""
    names = [goal.name for goal in definitions.goals]
    return [
        Problem(
            workspace.settings_file,
            key="attribution.goals",
            given=show(goal),
            accepted="goals of goals.yaml: " + ", ".join(closest_first(goal, names)),
        )
        for goal in settings.attribution.goals or ()
        if goal not in names
    ]
