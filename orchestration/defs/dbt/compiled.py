"""The SQL that dbt would run, for tests and benchmarks that run it on tables of their own."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR


def compile_models(models: Sequence[str], database_folder: Path, target: Path) -> Path:
    """Compile models as for a first build.

    Args:
        models: Names of models.
        database_folder: Folder with a `build.duckdb`, which is opened and not changed.
        target: Folder for what dbt writes.

    Returns:
        The folder of the compiled SQL, which is laid out as `dbt_project/models/`. It speaks of
        the catalog `build`.

    Raises:
        subprocess.CalledProcessError: If a model does not compile.
    """
    command = [DBT_EXECUTABLE, "--quiet", "compile", "--full-refresh", "--select", *models]
    folders = ["--profiles-dir", ".", "--target-path", target, "--log-path", target]
    subprocess.run(
        [*command, *map(str, folders)],
        cwd=PROJECT_DIR,
        env={**os.environ, "HOME": str(database_folder)},
        capture_output=True,
        check=True,
    )
    return target / "compiled" / "adplan" / "models"
