"""The command `adplan`. Each command's work is in `commands/`; heavy imports wait for it."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.common_options import HERE, JsonOption, WorkspaceOption
from orchestration.commands.console import guarded
from orchestration.commands.experiment_cli import experiment
from orchestration.commands.reports_cli import reports
from orchestration.commands.sources_cli import sources

app = typer.Typer(
    help="A marketing warehouse: raw files in, checked and published marts out.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
attribution = typer.Typer(
    help="Decide which campaign brought whom.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(attribution, name="attribution")
segment = typer.Typer(
    help="Segments: list them, try rules, rebuild.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(segment, name="segment")
app.add_typer(experiment, name="experiment")
app.add_typer(sources, name="sources")
app.add_typer(reports, name="reports")


@app.command()
@guarded
def init(
    directory: Annotated[Path, typer.Argument(help="Folder to create or complete.")],
    name: Annotated[str | None, typer.Option(help="Name of the shop; else the folder's.")] = None,
    json: JsonOption = False,
) -> None:
    """Create a workspace with commented default settings and definitions."""
    from orchestration.commands import init as command  # noqa: PLC0415

    command.run(directory, name, as_json=json)


@app.command()
@guarded
def simulate(
    directory: Annotated[Path, typer.Argument(help="Workspace to fill; created if missing.")],
    days: Annotated[int, typer.Option(min=1, help="Days of history.")] = 120,
    orders_per_day: Annotated[int, typer.Option(min=1, help="Average orders a day.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed gives the same shop.")] = 7,
    json: JsonOption = False,
) -> None:
    """Fill landing/ with a realistic shop whose truth is known (written to truth/)."""
    from orchestration.commands import simulate as command  # noqa: PLC0415

    command.run(directory, days, orders_per_day, seed, as_json=json)


@app.command()
@guarded
def refresh(
    workspace: WorkspaceOption = HERE,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Read and build everything anew.")
    ] = False,
    as_of: Annotated[
        str, typer.Option(help="The run's now: YYYY-MM-DD, today or latest; else as set.")
    ] = "",
    first_day: Annotated[
        str, typer.Option("--from", help="Fetch again from sources, from this day (YYYY-MM-DD).")
    ] = "",
    last_day: Annotated[
        str, typer.Option("--to", help="The last day to fetch again; else the run's.")
    ] = "",
    select: Annotated[
        str, typer.Option(help="Run only these assets, as a Dagster selection.")
    ] = "",
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another refresh of it.")
    ] = 3600.0,
    json: JsonOption = False,
) -> None:
    """Ingest, build, check and publish.

    Exit codes: 0 published (or nothing had changed), 1 failed, 2 wrong settings or usage,
    3 a check refused: nothing was published.
    """
    from orchestration.commands import refresh as command  # noqa: PLC0415
    from orchestration.runs.refresh import RefreshOptions  # noqa: PLC0415

    options = RefreshOptions(
        as_of, full_refresh, select, wait, first_day=first_day, last_day=last_day
    )
    raise typer.Exit(command.run(workspace, options, as_json=json))


@app.command()
@guarded
def status(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """Show the last runs, freshness, row accounting and the checks of the last run."""
    from orchestration.commands import status as command  # noqa: PLC0415

    command.run(workspace, as_json=json)


@app.command()
@guarded
def query(
    sql: Annotated[str, typer.Argument(help="A query on the published tables.")],
    workspace: WorkspaceOption = HERE,
    limit: Annotated[int, typer.Option(min=0, help="Rows to show; 0 for all.")] = 100,
    json: JsonOption = False,
) -> None:
    """Run read-only SQL on the published file, and on nothing else."""
    from orchestration.commands import query as command  # noqa: PLC0415

    command.run(workspace, sql, limit, as_json=json)


@attribution.command()
@guarded
def assign(
    session: Annotated[
        str, typer.Argument(help="A session_id of attribution.fct_touchpoints.", metavar="SESSION")
    ],
    campaign: Annotated[
        str,
        typer.Argument(help="An id or name of campaigns.dim_campaigns.", metavar="CAMPAIGN"),
    ],
    workspace: WorkspaceOption = HERE,
    note: Annotated[str | None, typer.Option(help="Why, for the next reader.")] = None,
    utm: Annotated[
        bool, typer.Option("--utm", help="SESSION is a utm_campaign: assign all its sessions.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Assign a session to a campaign by hand, in definitions/campaign_overrides.csv.

    The next refresh applies it. With --utm, sessions that have a line of their own keep it.
    """
    from orchestration.commands import attribution as command  # noqa: PLC0415

    options = command.AssignOptions(session, campaign, utm, note)
    command.assign(workspace, options, as_json=json)


@segment.command("list")
@guarded
def list_segments(workspace: WorkspaceOption = HERE, json: JsonOption = False) -> None:
    """List the segments of definitions/segments.yaml with their published members."""
    from orchestration.commands import segment as command  # noqa: PLC0415

    command.list_segments(workspace, as_json=json)


@segment.command()
@guarded
def preview(
    rules: Annotated[
        str,
        typer.Argument(
            help="Rules as YAML or JSON, a file of them, or the name of a segment.",
            metavar="RULES",
        ),
    ],
    workspace: WorkspaceOption = HERE,
    limit: Annotated[int, typer.Option(min=0, help="People to show.")] = 10,
    json: JsonOption = False,
) -> None:
    """Say how many people rules fit, by the published tables; nothing is written.

    RULES are as under `rules` in segments.yaml; a single condition will do, such as
    '{field: orders, operator: ">=", value: 3}'. @FILE is a file in any case.
    """
    from orchestration.commands import segment as command  # noqa: PLC0415

    command.preview(workspace, rules, limit, as_json=json)


@segment.command()
@guarded
def rebuild(
    names: Annotated[list[str], typer.Argument(help="Names of segments.", metavar="NAME...")],
    workspace: WorkspaceOption = HERE,
    as_of: Annotated[
        str, typer.Option(help="The run's now: YYYY-MM-DD, today or latest; else as set.")
    ] = "",
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another refresh of it.")
    ] = 3600.0,
    json: JsonOption = False,
) -> None:
    """Apply the rules of segments that have auto_update: false, in a refresh of everything.

    Exit codes: as of `adplan refresh`.
    """
    from orchestration.commands import refresh as command  # noqa: PLC0415
    from orchestration.runs.refresh import RefreshOptions  # noqa: PLC0415

    options = RefreshOptions(as_of, wait_seconds=wait, rebuild_segments=tuple(names))
    raise typer.Exit(command.run(workspace, options, as_json=json))


@app.command()
@guarded
def dagster(
    workspace: WorkspaceOption = HERE,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000,
) -> None:
    """Open Dagster's pages on this workspace (http://127.0.0.1:3000)."""
    from orchestration.commands import dagster as command  # noqa: PLC0415

    raise typer.Exit(command.run(workspace, port))
