"""What one more day costs after thirty days of history, and after a year.

The day is attributed by dbt, as in a refresh: every attribution model and mart, in a process of
its own. Touches and conversions are there already; what a whole refresh costs is measured in
benchmarks/refresh.
"""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import duckdb

from benchmarks.attribution.data import write_shop
from benchmarks.measure import Measured, run
from orchestration.defs.dbt.project import DBT_EXECUTABLE, PROJECT_DIR

SESSIONS_PER_DAY = 20_000
BUYERS_PER_DAY = 400

_INTERMEDIATE = "path:models/intermediate/attribution"
_MARTS = [
    "int_visit_days", "channel_days", "campaign_days", "paths", "model_comparison", "fct_credits",
]  # fmt: skip

# The last day is taken away, everything is built, and it is put back.
_HIDE = """
create table held_{table} as from {table_name} where {moment}::date = '{day}';
delete from {table_name} where {moment}::date = '{day}';
"""
_PUT_BACK = "insert into {table_name} from held_{table};"
_FACTS = {
    "touches": ("attribution.fct_touchpoints", "touched_at"),
    "conversions": ("conversions.fct_conversions", "converted_at"),
}


class Daily(NamedTuple):
    """One history: its days, the build of all of them, and the run that adds a day."""

    days: int
    whole: Measured
    one_more_day: Measured
    days_rewritten: int


def measure(folder: Path, days: int) -> Daily:
    """Build all days but the last, then add it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder / "build.duckdb"
    write_shop(file, SESSIONS_PER_DAY * days, BUYERS_PER_DAY * days, days)
    _execute(file, _HIDE)
    _add_campaigns(file)
    whole = _build(folder, "--full-refresh")
    _execute(file, _PUT_BACK)
    before = _digests(file)
    one_more_day = _build(folder)
    after = _digests(file)
    return Daily(days, whole, one_more_day, len(after - before))


def _execute(file: Path, statement: str) -> None:
    with duckdb.connect(str(file)) as connection:
        day = connection.execute(
            "select max(touched_at)::date from attribution.fct_touchpoints"
        ).fetchone()
        for table, (name, moment) in _FACTS.items():
            connection.execute(
                statement.format(table=table, table_name=name, moment=moment, day=day and day[0])
            )


def _add_campaigns(file: Path) -> None:
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create table intermediate.int_campaigns as select 'campaign_' || number as "
            "campaign_id, 'Campaign ' || number as campaign_name, 'meta' as platform, "
            "'paid_social' as channel from range(50) as t(number)"
        )


def _digests(file: Path) -> set[object]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return set(
            connection.execute(
                "select distinct converted_date, inputs_digest from intermediate.int_touch_credits"
            ).fetchall()
        )


def _build(folder: Path, *options: str) -> Measured:
    target = str(folder / "target")
    return run(
        [
            DBT_EXECUTABLE, "--quiet", "run", *options, "--select", _INTERMEDIATE, *_MARTS,
            "--project-dir", str(PROJECT_DIR), "--profiles-dir", str(PROJECT_DIR),
            "--target-path", target, "--log-path", target,
        ],
        {"HOME": str(folder), "PATH": os.environ["PATH"]},
    )  # fmt: skip
