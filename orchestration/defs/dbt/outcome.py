"""What a dbt invocation did: its failed tests as check results, its failed models as an error."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from expectations.checks import CheckResult
from expectations.offending import offending_rows

_FAILED_TEST = {"fail", "warn"}


def kept_tests(
    connection: duckdb.DuckDBPyConnection, target: Path, manifest: Mapping[str, Any]
) -> list[CheckResult]:
    """Return one result per data test of the last invocation, with offending rows of failures.

    Args:
        connection: The build database, to look the offending rows up in.
        target: Folder the invocation wrote its artifacts to.
        manifest: The project's manifest.
    """
    return [
        _test_result(connection, result, manifest["nodes"][result["unique_id"]])
        for result in _results(target)
        if result["unique_id"].startswith("test.") and result["status"] != "skipped"
    ]


def model_errors(target: Path) -> list[str]:
    """Return what went wrong with the models, seeds and tests that could not be run."""
    return [
        f"{result['unique_id'].split('.')[-1]}: {result['message']}"
        for result in _results(target)
        if result["status"] == "error"
    ]


def _results(target: Path) -> list[dict[str, Any]]:
    file = target / "run_results.json"
    if not file.exists():
        return []
    results: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["results"]
    return results


def _test_result(
    connection: duckdb.DuckDBPyConnection, result: Mapping[str, Any], node: Mapping[str, Any]
) -> CheckResult:
    passed = result["status"] not in _FAILED_TEST
    failure = (None, []) if passed else offending_rows(connection, result["compiled_code"])
    is_warning = node["config"]["severity"].lower() == "warn"
    return CheckResult(
        layer="dbt",
        check_name=node["name"],
        table_name=_tested_table(node),
        severity="warn" if is_warning else "refuse",
        passed=passed,
        observed=f"{result.get('failures') or 0} rows",
        expected="0 rows",
        offending_count=failure[0],
        offending_rows=failure[1],
        meaning=node.get("description") or node["name"].replace("_", " "),
    )


def _tested_table(node: Mapping[str, Any]) -> str:
    tested = node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), "")
    return str(tested).split(".")[-1]
