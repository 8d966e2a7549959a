"""`adplan sources`: which sources are set up, and whether they can be read."""

import os
from pathlib import Path

from orchestration.as_of import resolve_as_of
from orchestration.commands.console import out, print_json, print_table
from orchestration.runs.opening import now
from orchestration.sources.connector import Connector, Fetch, Probe, SourceError
from orchestration.sources.registry import KINDS, connectors
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings

FAILED = 1


def list_sources(directory: Path, *, as_json: bool) -> None:
    """Print every kind of source, and which of them the workspace has set up."""
    settings = load_settings(Workspace.open(directory))
    set_up = {connector.name for connector in connectors(settings)}
    rows = [
        {
            "source": name,
            "is_set_up": name in set_up,
            "tables": ", ".join(kind.tables),
            "description": kind.description,
        }
        for name, kind in KINDS.items()
    ]
    if as_json:
        print_json(rows)
        return
    shown = [[row["source"], "yes" if row["is_set_up"] else "", row["description"]] for row in rows]
    print_table("", ["source", "set up", "fetches"], shown)


def try_sources(directory: Path, *, as_json: bool) -> int:
    """Look at every source that is set up; return an exit code of 1 where one cannot be read."""
    workspace = Workspace.open(directory)
    settings = load_settings(workspace)
    found = [_tested(one, _fetch(workspace, settings)) for one in connectors(settings)]
    if as_json:
        print_json(found)
    elif not found:
        out.print("adplan.yaml sets up no source: see docs/connect-your-data.md.", highlight=False)
    for result in [] if as_json else found:
        _show(result)
    return FAILED if any(result["error"] for result in found) else 0


def _fetch(workspace: Workspace, settings: Settings) -> Fetch:
    started_at = now().replace(tzinfo=None)
    return Fetch(
        workspace=workspace,
        today=resolve_as_of(settings.as_of, settings.timezone, started_at).day,
        timezone=settings.timezone,
        started_at=started_at,
        environment=os.environ,
    )


def _tested(connector: Connector, fetch: Fetch) -> dict[str, object]:
    try:
        probes, error = connector.probe(fetch), None
    except SourceError as failure:
        probes, error = [], str(failure)
    return {
        "source": connector.name,
        "error": error,
        "tables": [_described(probe) for probe in probes],
    }


def _described(probe: Probe) -> dict[str, object]:
    return {"table": probe.table, "newest_at": probe.newest_at, "first_rows": list(probe.rows)}


def _show(result: dict[str, object]) -> None:
    if result["error"]:
        out.print(f"{result['source']}: cannot be read: {result['error']}", highlight=False)
        return
    out.print(f"{result['source']}: can be read", highlight=False)
    tables: list[dict[str, object]] = result["tables"]  # type: ignore[assignment]
    for table in tables:
        rows: list[dict[str, object]] = table["first_rows"]  # type: ignore[assignment]
        out.print(f"  {table['table']}: newest {table['newest_at'] or 'none'}", highlight=False)
        for row in rows:
            out.print(f"    {row}", highlight=False, soft_wrap=True)
