"""The options of `adplan reports`; what it does is in `reports`."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.common_options import HERE, WorkspaceOption
from orchestration.commands.console import guarded

reports = typer.Typer(
    help="The site: build it from the published tables, look at it.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@reports.command()
@guarded
def build(
    workspace: WorkspaceOption = HERE,
    to: Annotated[
        Path | None, typer.Option(help="Folder of the site; else warehouse/site.")
    ] = None,
) -> None:
    """Build the site as static files. Needs Node.js 20 or newer; installs npm packages once.

    Exit codes: 0 built, 1 failed (the site before it stays), 2 wrong settings or usage.
    """
    from orchestration.commands import reports as command  # noqa: PLC0415

    raise typer.Exit(command.build(workspace, to))


@reports.command()
@guarded
def serve(
    workspace: WorkspaceOption = HERE,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8080,
) -> None:
    """Show the built site at a loopback address, until interrupted."""
    from orchestration.commands import reports as command  # noqa: PLC0415

    command.serve(workspace, port)
