"""The SQL that dbt would run, for tests and benchmarks that run it on tables of their own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR

# The catalog that the compiled SQL speaks of: what DuckDB calls a database in memory, and a file
# of that name.
CATALOG = "memory"


def compile_models(models: Sequence[str], target: Path) -> Path:
    """Compile models as for a first build.

    Args:
        models: Names of models.
        target: Folder for what dbt writes.

    Returns:
        The folder of the compiled SQL, which is laid out as `dbt_project/models/`.

    Raises:
        subprocess.CalledProcessError: If a model does not compile.
    """
    command = [DBT_EXECUTABLE, "--quiet", "compile", "--full-refresh", "--target", CATALOG]
    folders = ["--profiles-dir", ".", "--target-path", target, "--log-path", target]
    subprocess.run(
        [*command, *map(str, folders), "--select", *models],
        cwd=PROJECT_DIR,
        capture_output=True,
        check=True,
    )
    return target / "compiled" / "adplan" / "models"
