"""The unit tests beside the models, run where the relations they imitate exist."""

import os
import subprocess
from pathlib import Path

from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR


def test_every_dbt_unit_test_passes(published_shop: Path, tmp_path: Path):
    command = [DBT_EXECUTABLE, "--quiet", "test", "--select", "test_type:unit"]
    folders = ["--profiles-dir", ".", "--target-path", tmp_path / "target", "--log-path", tmp_path]
    result = subprocess.run(
        [*command, *map(str, folders)],
        cwd=PROJECT_DIR,
        env={**os.environ, "HOME": str(published_shop / "warehouse")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-5000:]
