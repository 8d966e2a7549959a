"""The options of `adplan experiment`. Heavy imports wait for a command, as in `cli.py`."""

from typing import Annotated

import typer

from orchestration.commands.common_options import HERE, JsonOption, WorkspaceOption
from orchestration.commands.console import guarded
from orchestration.commands.experiment_options import (
    AdSets,
    At,
    Confidence,
    Control,
    Description,
    Dimension,
    Ends,
    Goal,
    Guardrail,
    Metric,
    MinimumEffect,
    Name,
    Target,
    Type,
    Unit,
    Variants,
    WindowDays,
)

experiment = typer.Typer(
    help="Experiments: list them, define drafts, start, pause and stop them, size new ones.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@experiment.command("list")
@guarded
def list_experiments(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """List the experiments of definitions/experiments.yaml with their published results."""
    from orchestration.commands import experiment as command  # noqa: PLC0415

    command.list_experiments(workspace, as_json=json)


@experiment.command()
@guarded
def show(name: Name, workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """Show the definition of an experiment and its published results."""
    from orchestration.commands import experiment as command  # noqa: PLC0415

    command.show_experiment(workspace, name, as_json=json)


@experiment.command()
@guarded
def create(  # noqa: PLR0913 (one argument per option)
    name: Annotated[
        str, typer.Argument(help="As in experiments.exposures, and new.", metavar="NAME")
    ],
    *,
    workspace: WorkspaceOption = HERE,
    type: Type = None,  # noqa: A002 (the option's name)
    metric: Metric = None,
    guardrail: Guardrail = None,
    goal: Goal = None,
    unit: Unit = None,
    variant: Variants = None,
    control: Control = None,
    ad_set: AdSets = None,
    dimension: Dimension = None,
    confidence: Confidence = None,
    target: Target = None,
    minimum_effect: MinimumEffect = None,
    window_days: WindowDays = None,
    ends: Ends = None,
    description: Description = None,
    json: JsonOption = False,
) -> None:
    """Add a draft to definitions/experiments.yaml; what is there stays as it is."""
    from orchestration.commands import experiment_definition as command  # noqa: PLC0415
    from orchestration.commands.experiment_variants import GivenVariants  # noqa: PLC0415

    given = command.Given(
        description=description,
        type=type,
        primary_metric=metric,
        guardrail_metrics=guardrail,
        goal=goal,
        unit=unit,
        dimensions=dimension,
        confidence_level=confidence,
        target_sample_size=target,
        minimum_effect=minimum_effect,
        conversion_window_days=window_days,
        ended_at=ends,
        variants=GivenVariants(variant, control, ad_set),
    )
    command.create(workspace, name, given, as_json=json)


@experiment.command()
@guarded
def edit(  # noqa: PLR0913 (one argument per option)
    name: Name,
    *,
    workspace: WorkspaceOption = HERE,
    rename: Annotated[str | None, typer.Option(help="Its new name.")] = None,
    type: Type = None,  # noqa: A002 (the option's name)
    metric: Metric = None,
    guardrail: Guardrail = None,
    goal: Goal = None,
    unit: Unit = None,
    variant: Variants = None,
    control: Control = None,
    ad_set: AdSets = None,
    dimension: Dimension = None,
    confidence: Confidence = None,
    target: Target = None,
    minimum_effect: MinimumEffect = None,
    window_days: WindowDays = None,
    ends: Ends = None,
    description: Description = None,
    unset: Annotated[
        list[str] | None,
        typer.Option(help="Key to remove, such as goal; repeatable.", metavar="KEY"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Change a draft in definitions/experiments.yaml; all else stays as it is.

    Lists are replaced by what is given. Only drafts are edited.
    """
    from orchestration.commands import experiment_definition as command  # noqa: PLC0415
    from orchestration.commands.experiment_variants import GivenVariants  # noqa: PLC0415

    given = command.Given(
        name=rename,
        description=description,
        type=type,
        primary_metric=metric,
        guardrail_metrics=guardrail,
        goal=goal,
        unit=unit,
        dimensions=dimension,
        confidence_level=confidence,
        target_sample_size=target,
        minimum_effect=minimum_effect,
        conversion_window_days=window_days,
        ended_at=ends,
        variants=GivenVariants(variant, control, ad_set),
        unset=unset,
    )
    command.edit(workspace, name, given, as_json=json)


@experiment.command()
@guarded
def start(
    name: Name, workspace: WorkspaceOption = HERE, at: At = "", json: JsonOption = False
) -> None:
    """Start a draft, or resume a paused experiment, which keeps its started_at.

    It takes two variants and a control.
    """
    from orchestration.commands import experiment_move as command  # noqa: PLC0415

    command.start(workspace, name, at, as_json=json)


@experiment.command()
@guarded
def pause(
    name: Name, workspace: WorkspaceOption = HERE, at: At = "", json: JsonOption = False
) -> None:
    """Pause a running experiment."""
    from orchestration.commands import experiment_move as command  # noqa: PLC0415

    command.pause(workspace, name, at, as_json=json)


@experiment.command()
@guarded
def stop(
    name: Name, workspace: WorkspaceOption = HERE, at: At = "", json: JsonOption = False
) -> None:
    """Complete a running or paused experiment: for good, and with its result."""
    from orchestration.commands import experiment_move as command  # noqa: PLC0415

    command.stop(workspace, name, at, as_json=json)


@experiment.command()
@guarded
def delete(name: Name, workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """Remove a draft from definitions/experiments.yaml. Only drafts are removed."""
    from orchestration.commands import experiment_move as command  # noqa: PLC0415

    command.delete(workspace, name, as_json=json)


@experiment.command()
@guarded
def size(  # noqa: PLR0913 (one argument per option)
    effect: Annotated[float, typer.Option(help="Difference to be found, such as 0.05.")],
    *,
    baseline: Annotated[
        float | None, typer.Option(help="What control has: a rate such as 0.2, or a mean.")
    ] = None,
    relative: Annotated[
        bool, typer.Option("--relative", help="The effect is a share of the baseline.")
    ] = False,
    metric: Annotated[str, typer.Option(help="conversion_rate, or mean.")] = "conversion_rate",
    standard_deviation: Annotated[
        float | None, typer.Option(help="Of a unit's value, for a mean.")
    ] = None,
    confidence: Annotated[float, typer.Option(help="Over all comparisons with control.")] = 0.95,
    power: Annotated[float, typer.Option(help="Chance of finding the effect.")] = 0.8,
    arms: Annotated[int, typer.Option(min=2, help="With control.")] = 2,
    traffic: Annotated[
        float | None, typer.Option(help="Units a day; else the shop's visitors, as published.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    json: JsonOption = False,
) -> None:
    """Say how many units a new experiment needs, and in how many days they come.

    Days are rounded up to whole weeks, as weekdays differ.
    """
    from orchestration.commands import experiment_size as command  # noqa: PLC0415

    options = command.SizeOptions(
        metric, baseline, effect, relative, standard_deviation, confidence, power, arms, traffic
    )
    command.run(workspace, options, as_json=json)
