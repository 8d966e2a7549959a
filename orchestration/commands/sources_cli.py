"""`adplan sources` as the command line sees it; heavy imports wait for the command."""

import typer

from orchestration.commands.common_options import HERE, JsonOption, WorkspaceOption
from orchestration.commands.console import guarded

sources = typer.Typer(
    help="Where data comes from by itself: which sources there are, and whether they answer.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@sources.command("list")
@guarded
def list_sources(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """List the kinds of sources, and those that adplan.yaml sets up."""
    from orchestration.commands import sources as command  # noqa: PLC0415

    command.list_sources(workspace, as_json=json)


@sources.command("test")
@guarded
def try_sources(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """Say of every source set up whether it can be read, its first rows and its newest.

    Exit codes: 0 all can be read, 1 one cannot, 2 wrong settings.
    """
    from orchestration.commands import sources as command  # noqa: PLC0415

    raise typer.Exit(command.try_sources(workspace, as_json=json))
