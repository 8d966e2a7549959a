"""`adplan dagster`: Dagster's pages on one workspace, on this machine only."""

import os
import subprocess
import sys
from pathlib import Path

from orchestration.runs.dagster_home import prepare_dagster_home
from orchestration.workspace.paths import Workspace


def run(directory: Path, port: int) -> int:
    """Serve Dagster until interrupted and return its exit code."""
    workspace = Workspace.open(directory)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(prepare_dagster_home(workspace)),
        "ADPLAN_WORKSPACE": str(workspace.root),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    command = [
        sys.executable, "-m", "dagster", "dev",
        "--module-name", "orchestration.definitions",
        "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    return subprocess.run(command, env=environment, check=False).returncode
