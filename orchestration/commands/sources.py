"""`adplan sources`: which sources are set up, and whether they can be read."""

import json
import os
from collections.abc import Set
from pathlib import Path

from orchestration.as_of import resolve_as_of
from orchestration.commands.console import out, plain, print_json, print_table
from orchestration.runs.opening import now
from orchestration.sources.asking import asked
from orchestration.sources.connector import Connector, Fetch, Probe, SourceError
from orchestration.sources.registry import KINDS, connectors
from orchestration.sources.secrets import secrets_of
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
    secrets = secrets_of(settings, os.environ)
    fetch = _fetch(workspace, settings)
    found = [_tested(one, fetch, secrets) for one in connectors(settings)]
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


def _tested(connector: Connector, fetch: Fetch, secrets: Set[str]) -> dict[str, object]:
    answer = asked(lambda: connector.probe(fetch), secrets)
    error, probes = (str(answer), []) if isinstance(answer, SourceError) else (None, answer)
    return {
        "source": connector.name,
        "error": error,
        "tables": [_described(probe) for probe in probes],
    }


def _described(probe: Probe) -> dict[str, object]:
    return {"table": probe.table, "newest_at": probe.newest_at, "first_rows": list(probe.rows)}


def _show(result: dict[str, object]) -> None:
    if result["error"]:
        _print(f"{result['source']}: cannot be read: {result['error']}")
        return
    _print(f"{result['source']}: can be read")
    tables: list[dict[str, object]] = result["tables"]  # type: ignore[assignment]
    for table in tables:
        rows: list[dict[str, object]] = table["first_rows"]  # type: ignore[assignment]
        _print(f"  {table['table']}: newest {table['newest_at'] or 'none'}")
        for row in rows:
            known = {name: plain(value) for name, value in row.items() if value is not None}
            _print(f"    {json.dumps(known, ensure_ascii=False)}")


def _print(line: str) -> None:
    """Print what a source says as it is: no markup, and no line broken where a terminal ends."""
    out.print(line, highlight=False, markup=False, soft_wrap=True)
