"""The dbt project as Dagster sees it: its manifest, made when it is missing or out of date."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from dagster_dbt import DbtProject
from filelock import FileLock

PROJECT_DIR = Path(__file__).parents[3] / "dbt_project"
DBT_EXECUTABLE = str(Path(sys.executable).with_name("dbt"))

_SUFFIXES = {".sql", ".yml", ".csv"}


class DbtProjectError(Exception):
    """dbt cannot read its own project."""


def prepared_project() -> DbtProject:
    """Return the project with an up-to-date manifest, parsing it if need be (seconds, once)."""
    project = DbtProject(project_dir=PROJECT_DIR)
    target = project.manifest_path.parent
    target.mkdir(exist_ok=True)
    digest = _digest()
    # Refreshes of two workspaces share the project; two parses at once spoil each other's files.
    if not _is_current(project.manifest_path, digest):
        with FileLock(target / "parse.lock"):
            if not _is_current(project.manifest_path, digest):
                _parse()
                _digest_file(project.manifest_path).write_text(digest)
    return project


def _is_current(manifest: Path, digest: str) -> bool:
    digest_file = _digest_file(manifest)
    return manifest.exists() and digest_file.exists() and digest_file.read_text() == digest


def _digest_file(manifest: Path) -> Path:
    return manifest.with_name("manifest.digest")


def _digest() -> str:
    digest = hashlib.sha256()
    built = PROJECT_DIR / "target"
    for path in sorted(PROJECT_DIR.rglob("*")):
        if path.suffix in _SUFFIXES and built not in path.parents:
            digest.update(f"{path.relative_to(PROJECT_DIR)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _parse() -> None:
    environment = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    parse = subprocess.run(
        [DBT_EXECUTABLE, "parse", "--quiet", "--profiles-dir", ".", "--log-path", "target"],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if parse.returncode != 0:
        raise DbtProjectError(parse.stdout + parse.stderr)


if __name__ == "__main__":
    prepared_project()
