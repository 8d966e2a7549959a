"""The gates as blocking asset checks: on what landed, on the models, on what Python made of them.

What Python makes is checked apart, because it is made of models that have passed their gate.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from expectations.checks import CheckResult
from orchestration.defs.dbt.marts import MODEL_MARTS, PYTHON_MARTS
from orchestration.defs.gates.landed import landed_tables, landing_limits
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.defs.ingestion.assets import POOL
from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.quarantine import export_quarantine
from orchestration.runs.resource import Refresh


def _key(table: str) -> dg.AssetKey:
    return dg.AssetKey(table.split("."))


@dg.multi_asset_check(
    name="landing_gate",
    specs=[
        dg.AssetCheckSpec("landing_gate", asset=_key(table.full_name), blocking=True)
        for table in TABLES
    ],
    pool=POOL,
)
def landing_gate(refresh: Refresh) -> Iterator[dg.AssetCheckResult]:
    """What landed is fit to be built from."""
    from expectations.gate import run_landing_gate  # noqa: PLC0415

    run = refresh.run
    with run.step("Landing gate") as step, run.database() as connection:
        export_quarantine(connection, run.workspace.quarantine)
        results = run_landing_gate(connection, landed_tables(connection, run), landing_limits(run))
        step.note = _summary(results)
        keep_and_refuse(connection, run, results)
    yield from _asset_check_results("landing_gate", [t.full_name for t in TABLES], results)


@dg.multi_asset_check(
    name="mart_gate",
    specs=[dg.AssetCheckSpec("mart_gate", asset=_key(mart), blocking=True) for mart in MODEL_MARTS],
    pool=POOL,
)
def mart_gate(refresh: Refresh) -> Iterator[dg.AssetCheckResult]:
    """What was built is fit to be published."""
    from expectations.gate import run_mart_gate  # noqa: PLC0415

    run = refresh.run
    with run.step("Mart gate") as step, run.database() as connection:
        results = run_mart_gate(connection, MODEL_MARTS)
        step.note = _summary(results)
        keep_and_refuse(connection, run, results)
    yield from _asset_check_results("mart_gate", MODEL_MARTS, results)


@dg.multi_asset_check(
    name="python_gate",
    specs=[
        dg.AssetCheckSpec("mart_gate", asset=_key(mart), blocking=True) for mart in PYTHON_MARTS
    ],
    pool=POOL,
)
def python_gate(refresh: Refresh) -> Iterator[dg.AssetCheckResult]:
    """Experiments, forecasts and segments are fit to be published."""
    from expectations.gate import run_mart_gate  # noqa: PLC0415

    run = refresh.run
    with run.step("Python gate") as step, run.database() as connection:
        results = run_mart_gate(connection, PYTHON_MARTS, also_present=MODEL_MARTS)
        step.note = _summary(results)
        keep_and_refuse(connection, run, results)
    yield from _asset_check_results("mart_gate", PYTHON_MARTS, results)


def _summary(results: Sequence[CheckResult]) -> str:
    warnings = sum(not result.passed for result in results)
    return f"{len(results)} checks" + (f", {warnings} warnings" if warnings else "")


def _asset_check_results(
    name: str, tables: Sequence[str], results: Sequence[CheckResult]
) -> Iterator[dg.AssetCheckResult]:
    for table in tables:
        failed = [one.check_name for one in results if one.table_name == table and not one.passed]
        yield dg.AssetCheckResult(
            passed=not failed,
            asset_key=_key(table),
            check_name=name,
            # What may refuse has raised by now; what is left may only warn.
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"failed": failed},
        )
