"""Where Dagster keeps its records of a workspace, and what it is told once and for all."""

import json
from pathlib import Path

from orchestration.workspace.paths import Workspace

_MARK = "# Written by adplan, which replaces it; without this line it is yours."

_CONFIGURATION = """\
{mark}
telemetry:
  enabled: false
# Capturing what each step prints takes four processes a step; ours print nothing, and what
# dbt prints is in logs/dbt.log.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
concurrency:
  pools:
    # DuckDB takes one writer: runs that use the pool `warehouse` go one after the other.
    granularity: run
    default_limit: 1
run_monitoring:
  enabled: true
  free_slots_after_run_end_seconds: 300
event_log_storage:
  module: orchestration.runs.event_log
  class: OpenEventLog
  config:
    base_dir: {events}
"""


def prepare_dagster_home(workspace: Workspace) -> Path:
    """Create `.dagster/` with its configuration and return it."""
    home = workspace.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    configuration = home / "dagster.yaml"
    if not configuration.exists() or _MARK in configuration.read_text(encoding="utf-8"):
        # JSON's quoting is also YAML's, whatever the folder is called.
        events = json.dumps(str(home / "history" / "runs"))
        configuration.write_text(_CONFIGURATION.format(mark=_MARK, events=events), encoding="utf-8")
    return home
