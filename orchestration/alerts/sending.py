"""One alert per failed run, whoever notices it first.

Runs of the command line tell of themselves; runs that Dagster started are told of by a sensor,
which sees the others as well. A file per run under `logs/alerts/` decides who tells, and then
says what became of it.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.alerts.channels import AlertError, channels
from orchestration.alerts.message import alert_body
from orchestration.progress import step
from orchestration.sources.secrets import secrets_of
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings

TOLD = ("failed", "refused")


def alert(workspace: Workspace, record: Mapping[str, Any]) -> dict[str, str]:
    """Tell of a run that failed or was refused, unless somebody has.

    Never raises: what became of the run is not for an alert to change.

    Args:
        workspace: Whose run it was.
        record: The run as the log has it.

    Returns:
        What became of it, by channel: `sent`, or why not. Empty where there is nothing to tell,
        nobody to tell it to, or it has been told.
    """
    if record["outcome"] not in TOLD:
        return {}
    try:
        settings = load_settings(workspace)
    except WorkspaceError:
        # Nobody can say whom to tell.
        return {}
    ways = dict(channels(settings.alerts, os.environ))
    run_id = str(record["run_id"])
    if not ways or not claim(workspace, run_id):
        return {}
    with step("Alert") as current:
        outcome = _sent(settings, record)
        current.note = ", ".join(f"{way}: {what}" for way, what in outcome.items())
    _write(_file(workspace, run_id), outcome)
    return outcome


def claim(workspace: Workspace, run_id: str) -> bool:
    """Whether nobody has told of a run; from now on somebody has."""
    file = _file(workspace, run_id)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("x").close()
    except FileExistsError:
        return False
    except OSError:
        # A full disk is worth an alert; two of them are better than none.
        return True
    return True


def _sent(settings: Settings, record: Mapping[str, Any]) -> dict[str, str]:
    body = alert_body(settings.name, record, secrets_of(settings, os.environ))
    outcome = {}
    for name, send in channels(settings.alerts, os.environ):
        try:
            send(body)
        except AlertError as error:
            outcome[name] = f"not sent: {error}"
        else:
            outcome[name] = "sent"
    return outcome


def _file(workspace: Workspace, run_id: str) -> Path:
    return workspace.logs / "alerts" / f"{run_id}.json"


def _write(file: Path, outcome: Mapping[str, str]) -> None:
    try:
        file.write_text(json.dumps(outcome), encoding="utf-8")
    except OSError:
        # Whoever watches the run has read it in its steps.
        return
