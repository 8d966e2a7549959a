"""A digest of all that published tables depend on.

The same landing files, settings, definitions, `as_of` and code give the same tables, so a
refresh whose digest is that of the published file has nothing to do.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.files import landing_files
from orchestration.runs.run import Run

_CODE = ("orchestration", "python_assets", "expectations", "dbt_project")
_CODE_SUFFIXES = {".py", ".sql", ".yml", ".csv"}
_PROJECT = Path(__file__).parents[2]


def inputs_digest(run: Run) -> str:
    """Return the digest of a run's inputs."""
    digest = hashlib.sha256(code_digest().encode())
    for part in _parts(run):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _parts(run: Run) -> Iterator[str]:
    yield run.settings.model_dump_json()
    yield run.load_run.salt
    yield str(run.as_of_bound)
    for path in sorted(run.workspace.definitions.rglob("*")):
        if path.is_file():
            yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    for table in TABLES:
        for file in landing_files(run.workspace.landing / table.source / table.name):
            yield f"{table.full_name} {file.identity}"


@cache
def code_digest() -> str:
    """Return a digest of the code that builds the tables."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for path in sorted((_PROJECT / folder).rglob("*")):
            is_built = {"target", "logs", "__pycache__"} & set(path.parts)
            if path.suffix in _CODE_SUFFIXES and not is_built:
                digest.update(f"{path.relative_to(_PROJECT)}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
