"""What the gates found: kept in `health.checks`, and the end of the run where they refuse."""

import json
from collections.abc import Sequence

import duckdb

from expectations.checks import CheckResult
from orchestration.runs.run import GateRefusedError, Run

_SHOWN_REFUSALS = 5

_TABLE = """
create schema if not exists health;
create table if not exists health.checks (
    run_id varchar, layer varchar, check_name varchar, table_name varchar, severity varchar,
    passed boolean, observed varchar, expected varchar, offending_count bigint,
    offending_rows json, meaning varchar, checked_at timestamp
);
"""


def keep_and_refuse(
    connection: duckdb.DuckDBPyConnection, run: Run, results: Sequence[CheckResult]
) -> None:
    """Keep the results of a gate, and stop the run if any of them refuses it.

    Raises:
        GateRefusedError: Naming the checks and showing up to five of the rows to blame.
    """
    connection.execute(_TABLE)
    rows = [
        [
            run.run_id,
            result.layer,
            result.check_name,
            result.table_name,
            result.severity,
            result.passed,
            result.observed,
            result.expected,
            result.offending_count,
            json.dumps(result.offending_rows, default=str, ensure_ascii=False),
            result.meaning,
            run.started_at,
        ]
        for result in results
    ]
    if rows:
        places = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into health.checks values ({places})", rows)
    refusals = [result for result in results if result.refuses]
    if refusals:
        run.refusals = refusals
        run.refused_by = [f"{one.table_name}: {one.check_name}" for one in refusals]
        raise GateRefusedError("\n".join(describe(one) for one in refusals[:_SHOWN_REFUSALS]))


def describe(result: CheckResult) -> str:
    """Say what a failed check found, for people."""
    lines = [
        f"{result.layer} check {result.check_name} on {result.table_name}: "
        f"observed {result.observed}, expected {result.expected}. {result.meaning}"
    ]
    lines += [
        f"    {json.dumps(row, default=str, ensure_ascii=False)}" for row in result.offending_rows
    ]
    return "\n".join(lines)
