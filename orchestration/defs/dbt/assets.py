"""Every dbt model as an asset and every data test as a check of it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from orchestration.defs.dbt.command import LeanDbt
from orchestration.defs.dbt.outcome import kept_tests, model_errors
from orchestration.defs.dbt.project import DBT_EXECUTABLE, prepared_project
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.defs.ingestion.assets import POOL
from orchestration.runs.resource import Refresh
from orchestration.runs.run import Run

dbt_project = prepared_project()
manifest: dict[str, Any] = json.loads(dbt_project.manifest_path.read_text(encoding="utf-8"))

# All a dbt process gets to see of the environment: any model may print it.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")


class ModelFailedError(Exception):
    """A model could not be built."""


# Staging is views of what the landing gate has checked already; CI tests them as well.
_CHECKED_BEFORE = "test_type:data,path:models/staging"


@dbt_assets(manifest=manifest, project=dbt_project, pool=POOL, exclude=_CHECKED_BEFORE)
def dbt_models(context: dg.AssetExecutionContext, refresh: Refresh) -> Iterator[Any]:
    """Build the selected models and run their data tests; unit tests are left to CI."""
    run = refresh.run
    target = run.workspace.dagster_home / "dbt"
    (target / "run_results.json").unlink(missing_ok=True)
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    if run.full_refresh:
        arguments.append("--full-refresh")
    dbt = LeanDbt(project_dir=str(dbt_project.project_dir), dbt_executable=DBT_EXECUTABLE)
    with run.step("Build models and test them (dbt)"):
        with _environment(run):
            invocation = dbt.cli(
                arguments, context=context, target_path=target, raise_on_error=False
            )
        yield from _logged(invocation.stream(), run)
    with run.step("Keep dbt's test results"), run.database() as connection:
        keep_and_refuse(connection, run, kept_tests(connection, target, manifest))
        errors = model_errors(target)
        if errors or not invocation.is_successful():
            raise ModelFailedError("\n".join(errors) or "dbt failed; see logs/dbt.log")


def _logged(events: Iterator[Any], run: Run) -> Iterator[Any]:
    """Pass events on while dbt's own words go to logs/dbt.log."""
    run.workspace.logs.mkdir(parents=True, exist_ok=True)
    with (run.workspace.logs / "dbt.log").open("w", encoding="utf-8") as log:
        while True:
            with redirect_stdout(log):
                event = next(events, None)
            if event is None:
                return
            yield event


@contextmanager
def _environment(run: Run) -> Iterator[None]:
    """Start dbt with no more of the environment than it needs."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update({name: before[name] for name in _PASSED_ON if name in before})
    os.environ.update(
        # Where profiles.yml looks for the build database.
        HOME=str(run.workspace.warehouse),
        DBT_PROFILES_DIR=str(dbt_project.project_dir),
        # What it says is kept in logs/dbt.log already.
        DBT_LOG_LEVEL_FILE="none",
        DBT_ENV_SECRET_ADPLAN_MEMORY=run.settings.resources.memory_limit,
    )
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
