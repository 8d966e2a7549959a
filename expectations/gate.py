"""The gates: measure tables, judge the measures, and say which rows are to blame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.checks import CheckResult
from expectations.invariants import INVARIANTS
from expectations.landing import checks_of_landed
from expectations.landing.common import HAS_ROWS
from expectations.marts import MART_CHECKS
from expectations.offending import offending_query, offending_rows
from expectations.profile import profile
from expectations.validation import are_met

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import duckdb

    from expectations.checks import Check, Layer
    from expectations.landing.common import LandedTable, LandingLimits

# What a check may read beside the tables it was told are there: rebuilt by every run, unlike
# a published table, which may be left over from an earlier one.
_WORKING_SCHEMAS = ("workspace", "staging", "intermediate")

# A standalone measure brings its own tables; it is selected from a relation of one row.
_ONE_ROW = "(select 1)"


class NullMeasureError(Exception):
    """A measure is null, which a check must never let pass for a number."""


@dataclass(frozen=True)
class _Measured:
    """A check with the value found for it."""

    check: Check
    layer: Layer
    relation: str
    value: float


def run_suite(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    checks: Sequence[Check],
    layer: Layer,
) -> list[CheckResult]:
    """Run checks on one relation; those that need a missing relation are left out.

    Args:
        connection: The database.
        relation: The table or view the checks are about.
        checks: What is expected of it.
        layer: Which gate the results belong to.

    Returns:
        One result per check that was run, in their order.
    """
    runnable = _runnable(connection, checks, existing_relations(connection))
    return _judged(connection, _measured(connection, relation, runnable, layer))


def run_landing_gate(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[LandedTable],
    limits: LandingLimits,
) -> list[CheckResult]:
    """Check what landed, before anything is built from it.

    Args:
        connection: The build database, after loading.
        tables: The landed tables, with what this run's load did to each.
        limits: What the run allows.

    Returns:
        One result per check. A table that does not exist has none, unless it is required.
    """
    present = existing_relations(connection)
    measured: list[_Measured] = []
    for table in tables:
        relation = table.contract.relation
        checks = checks_of_landed(table, limits)
        if relation in present:
            runnable = _runnable(connection, checks, present)
            measured += _measured(connection, relation, runnable, "landing")
        elif table.required:
            has_rows = next(check for check in checks if check.name == HAS_ROWS)
            measured.append(_Measured(has_rows, "landing", relation, 0))
    return _judged(connection, measured)


def run_mart_gate(
    connection: duckdb.DuckDBPyConnection,
    tables: Collection[str],
    also_present: Collection[str] = (),
) -> list[CheckResult]:
    """Check what was built, before it is published: each table, then the invariants.

    Args:
        connection: The build database, after building.
        tables: The published tables to check, such as `customers.dim_people`.
        also_present: Those checked before, which checks may read.

    Returns:
        One result per check. A check that needs another table than these is not run and has
        no result, so that it cannot be taken for passed.
    """
    present = {
        *tables,
        *also_present,
        *(
            name
            for name in existing_relations(connection)
            if name.split(".")[0] in _WORKING_SCHEMAS
        ),
    }
    measured: list[_Measured] = []
    gates: dict[Layer, dict[str, tuple[Check, ...]]] = {
        "mart": MART_CHECKS,
        "invariant": INVARIANTS,
    }
    for layer, suites in gates.items():
        for table, checks in suites.items():
            if table in tables:
                runnable = _runnable(connection, checks, present)
                measured += _measured(connection, table, runnable, layer)
    return _judged(connection, measured)


def existing_relations(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the tables and views of the database as `schema.name`."""
    rows = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_catalog = current_database()"
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _runnable(
    connection: duckdb.DuckDBPyConnection, checks: Iterable[Check], present: Collection[str]
) -> list[Check]:
    """Return the checks whose relations are all there and that apply to this workspace."""
    return [
        check
        for check in checks
        if all(name in present for name in check.reads)
        and (check.applies_if is None or bool(_scalar(connection, f"({check.applies_if})")))
    ]


def _measured(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    checks: Sequence[Check],
    layer: Layer,
) -> list[_Measured]:
    """Take the measures: one scan for the relation, one query for each standalone check."""
    measures = {check.name: check.measure for check in checks if not check.is_standalone}
    values: dict[str, object] = {}
    if measures:
        row = profile(connection, relation, measures).iloc[0]
        values = {name: row[name] for name in measures}
    measured = []
    for check in checks:
        value = (
            values[check.name] if not check.is_standalone else _scalar(connection, check.measure)
        )
        if check.exact is not None and value != 0:
            value = _scalar(connection, check.exact.replace("{relation}", relation))
        measured.append(_Measured(check, layer, relation, _number(value, check)))
    return measured


def _scalar(connection: duckdb.DuckDBPyConnection, expression: str) -> object:
    return profile(connection, _ONE_ROW, {"value": expression}).iloc[0]["value"]


def _number(value: object, check: Check) -> float:
    # Great Expectations passes over nulls, so a null would pass whatever is expected.
    number = float(value) if value is not None else math.nan  # type: ignore[arg-type]
    if math.isnan(number):
        raise NullMeasureError(f"{check.table}: {check.name} measures null: {check.measure}")
    return number


def _judged(
    connection: duckdb.DuckDBPyConnection, measured: Sequence[_Measured]
) -> list[CheckResult]:
    met = are_met([one.value for one in measured], [one.check.expected for one in measured])
    return [
        _result(connection, one, passed=passed) for one, passed in zip(measured, met, strict=True)
    ]


def _result(
    connection: duckdb.DuckDBPyConnection, measured: _Measured, *, passed: bool
) -> CheckResult:
    check = measured.check
    query = None if passed else offending_query(check, measured.relation)
    count, rows = (None, []) if query is None else offending_rows(connection, query)
    return CheckResult(
        layer=measured.layer,
        check_name=check.name,
        table_name=check.table,
        severity=check.severity,
        passed=passed,
        observed=f"{measured.value:.12g}",
        expected=str(check.expected),
        offending_count=count,
        offending_rows=rows,
        meaning=check.meaning,
    )
