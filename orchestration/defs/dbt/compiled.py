"""The SQL that dbt would run, for tests and benchmarks that run it on tables of their own."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb

from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR
from orchestration.whole_files import unfinished

# The catalog that the compiled SQL speaks of: what DuckDB calls a database in memory, and a file
# of that name.
CATALOG = "memory"

# What dbt knows of the project from the last time, half of what it does; it looks for itself what
# has changed since.
_PARSED = PROJECT_DIR / "target" / CATALOG / "partial_parse.msgpack"


def compile_models(models: Sequence[str], target: Path) -> Path:
    """Compile models as for a first build.

    Args:
        models: Names of models, or any other selection that dbt understands.
        target: Folder for what dbt writes.

    Returns:
        The folder of the compiled SQL, which is laid out as `dbt_project/models/`.

    Raises:
        subprocess.CalledProcessError: If a model does not compile.
    """
    _copy(_PARSED, target / _PARSED.name)
    command = [DBT_EXECUTABLE, "--quiet", "compile", "--full-refresh", "--target", CATALOG]
    folders = ["--profiles-dir", ".", "--target-path", target, "--log-path", target]
    subprocess.run(
        [*command, *map(str, folders), "--select", *models],
        cwd=PROJECT_DIR,
        capture_output=True,
        check=True,
    )
    _copy(target / _PARSED.name, _PARSED)
    return target / "compiled" / "adplan" / "models"


def _copy(file: Path, to: Path) -> None:
    """Copy a file that is there, whole or not at all."""
    if file.exists():
        with unfinished(to) as copy:
            shutil.copyfile(file, copy)
            copy.replace(to)


def build_compiled(connection: duckdb.DuckDBPyConnection, target: Path) -> Iterator[str]:
    """Build every model that was compiled, each after those it reads.

    Args:
        connection: A database whose catalog is CATALOG, with the schemas of the models and with
            all they read that was not compiled.
        target: The folder given to `compile_models`.

    Yields:
        The name of each model once it is built.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    compiled = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node.get("compiled")
    }
    relations = {node["name"]: node["relation_name"] for node in manifest["nodes"].values()}
    order = TopologicalSorter(
        {key: set(node["depends_on"]["nodes"]) & set(compiled) for key, node in compiled.items()}
    )
    for key in order.static_order():
        node = compiled[key]
        if node["language"] == "python":
            built = _run_python(connection, node, relations)  # noqa: F841 (DuckDB finds it by name)
            connection.execute(f"create or replace table {node['relation_name']} as from built")
        else:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            connection.execute(
                f"create or replace {kind} {node['relation_name']} as {node['compiled_code']}"
            )
        yield node["name"]


def _run_python(
    connection: duckdb.DuckDBPyConnection, node: dict[str, Any], relations: dict[str, str]
) -> object:
    """Run a dbt Python model, which asks of dbt no more than its tables."""
    path = PROJECT_DIR / node["original_file_path"]
    spec = importlib.util.spec_from_file_location(node["name"], path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    dbt = SimpleNamespace(
        ref=lambda name: connection.table(relations[name].replace('"', "")),
        config=lambda **_: None,
        is_incremental=False,
    )
    return module.model(dbt, connection)
