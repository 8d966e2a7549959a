"""What dbt tests only here: the unit tests beside the models, and the keys of staging.

A refresh leaves both out: unit tests need no data, and the landing gate has checked the keys.
"""

import os
import subprocess
from pathlib import Path

from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR


def test_every_test_a_refresh_leaves_out_passes(published_shop: Path, tmp_path: Path):
    left_out = ["test_type:unit", "test_type:data,path:models/staging"]
    command = [DBT_EXECUTABLE, "--quiet", "test", "--select", *left_out]
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
